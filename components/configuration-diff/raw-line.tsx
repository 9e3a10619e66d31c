import { cn } from '@/lib/core/cn'
import { escapeUnseen } from '@/lib/format/unseen'
import { formatCount, plural } from '@/lib/format/numbers'
import type { RawRow } from './raw-rows'

const SIGNS = { same: ' ', removed: '−', added: '+' } as const
/** Read aloud before the line. */
const SPOKEN = { same: '', removed: 'removed: ', added: 'added: ' } as const
/** Ink and grounds, no hue: it says what happened, not whether that is good. */
const GROUNDS = {
  same: '',
  removed: 'bg-sunken text-text-2 shadow-[inset_2px_0_0_var(--line-2)]',
  added: 'bg-hover font-semibold shadow-[inset_2px_0_0_var(--text)]',
} as const

type What = keyof typeof SIGNS

function Code({ what, text }: { what: What; text: string }) {
  return (
    <>
      <span aria-hidden className="select-none">
        {SIGNS[what]}
      </span>
      <span className="min-w-0 break-all whitespace-pre-wrap">
        {what !== 'same' && <span className="sr-only">{SPOKEN[what]}</span>}
        {escapeUnseen(text)}
      </span>
    </>
  )
}

const LineNumber = ({ value }: { value: number | null }) => (
  <span aria-hidden className="pr-2 text-right font-normal text-text-3 select-none">
    {value ?? ''}
  </span>
)

const mono = 'min-h-5 font-mono text-xs leading-5'

/** One row of the lines: a heading, what is left out, or a line with its numbers. */
export function RawLine({ row, active }: { row: RawRow; active: boolean }) {
  switch (row.kind) {
    case 'section':
      return (
        <h2 className="border-b border-line-2 bg-sunken px-5 py-2 font-sans font-semibold max-md:px-4">
          {row.title} {row.section === 'volatile' && <span className="text-xs font-normal text-text-3">written by itself, never counted</span>}
        </h2>
      )
    case 'gap':
      return (
        <p className="border-y border-line bg-surface px-5 py-1 text-xs text-text-3 max-md:px-4" title={`${formatCount(row.lines)} equal lines are not shown`}>
          {plural(row.lines, 'equal line')}
        </p>
      )
    case 'unified':
      return (
        <div
          className={cn(
            'grid grid-cols-[3.5rem_3.5rem_1rem_minmax(0,1fr)] pr-5 max-md:grid-cols-[2.75rem_0_1rem_minmax(0,1fr)] max-md:pr-2',
            mono,
            GROUNDS[row.what],
            active && 'outline-2 -outline-offset-2 outline-act',
          )}
        >
          <LineNumber value={row.before} />
          <span className="grid max-md:invisible">
            <LineNumber value={row.after} />
          </span>
          <Code what={row.what} text={row.text} />
        </div>
      )
    case 'split':
      return (
        <div className={cn('grid grid-cols-2', mono, active && 'outline-2 -outline-offset-2 outline-act')}>
          {[row.left, row.right].map((side, place) => (
            <div
              key={place}
              className={cn(
                'grid grid-cols-[3.5rem_1rem_minmax(0,1fr)] pr-2 first:border-r first:border-line',
                side === null ? 'bg-canvas' : GROUNDS[side.what],
              )}
            >
              {side !== null && (
                <>
                  <LineNumber value={side.number} />
                  <Code what={side.what} text={side.text} />
                </>
              )}
            </div>
          ))}
        </div>
      )
  }
}
