import { CircleCheck, Info, OctagonX, ShieldAlert, TriangleAlert, type LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { cn } from '@/lib/core/cn'
import { TONE_GROUND, TONE_MARK, type Tone } from './tone'

const ICONS = { bad: OctagonX, you: ShieldAlert, warn: TriangleAlert, good: CircleCheck, plain: Info } as const satisfies Record<Tone, LucideIcon>

type NoticeProps = {
  tone: Tone
  title: ReactNode
  icon?: LucideIcon
  children?: ReactNode
  /** At most two buttons. */
  actions?: ReactNode
  /** `alert` when it is the answer to what a person just did. */
  role?: 'alert' | 'status'
  className?: string
}

/** What happened and what to do, beside its cause. */
export function Notice({ tone, title, icon, children, actions, role, className }: NoticeProps) {
  const Icon = icon ?? ICONS[tone]
  return (
    <div role={role} className={cn('flex gap-3 rounded-lg px-4 py-3', TONE_GROUND[tone], className)}>
      <Icon aria-hidden size={16} strokeWidth={1.75} className={cn('mt-0.5 shrink-0', TONE_MARK[tone])} />
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        <p className="font-semibold break-words">{title}</p>
        {children && <div className="break-words text-text-2">{children}</div>}
        {actions && <div className="mt-1 flex flex-wrap items-center gap-2">{actions}</div>}
      </div>
    </div>
  )
}
