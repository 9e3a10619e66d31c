import { Check } from 'lucide-react'
import type { ReactNode } from 'react'
import { cn } from '@/lib/core/cn'

export type StepState = 'done' | 'now' | 'later'
type StepFrameProps = {
  number: number
  title: string
  state: StepState
  /** What was decided, or what it is about. */
  summary?: ReactNode
  onChange?: (() => void) | undefined
  children?: ReactNode
  last?: boolean
}

/** One step of a list that stays visible as it is completed. */
export function StepFrame({ number, title, state, summary, onChange, children, last = false }: StepFrameProps) {
  return (
    <li aria-current={state === 'now' ? 'step' : undefined} className="relative flex gap-3 pb-4">
      {!last && <span aria-hidden className="absolute top-7 bottom-0 left-[11px] w-px bg-line-2" />}
      <span
        aria-hidden
        className={cn(
          'z-10 grid size-[23px] shrink-0 place-items-center rounded-full border text-xs font-semibold',
          state === 'done' && 'border-good-mark bg-surface text-good-mark',
          state === 'now' && 'border-text bg-text text-surface',
          state === 'later' && 'border-line-2 bg-surface text-text-3',
        )}
      >
        {state === 'done' ? <Check size={14} strokeWidth={2} /> : number}
      </span>
      <div className="flex min-w-0 flex-1 flex-col gap-3">
        <div className="flex min-h-6 items-baseline gap-2">
          <h2 className={cn('shrink-0 font-semibold', state === 'later' && 'text-text-3')}>
            {title}
            <span className="sr-only">{state === 'done' ? ', done' : state === 'now' ? ', this step' : ', later'}</span>
          </h2>
          <div className={cn('min-w-0 flex-1 break-words', state === 'later' ? 'text-text-3' : 'text-text-2')}>{summary}</div>
          {state === 'done' && onChange && (
            <button type="button" onClick={onChange} className="shrink-0 rounded-sm px-1 text-act hover:underline max-md:min-h-11">
              Change<span className="sr-only"> {title.toLowerCase()}</span>
            </button>
          )}
        </div>
        {children}
      </div>
    </li>
  )
}
