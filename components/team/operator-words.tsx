'use client'
import { Check, CircleSlash, Mail, MailX, TriangleAlert, type LucideIcon } from 'lucide-react'
import { TONE_MARK } from '@/components/ui/tone'
import { useNow } from '@/components/ui/use-now'
import { cn } from '@/lib/core/cn'
import type { OperatorDto } from '@/lib/team/input'
import { grantWords, inOrder } from './grant-words'
import { invitationEnded, lacksFactor } from './operator-filter'

type WordProps = { icon: LucideIcon | null; tone?: 'warn' | 'plain' | 'none'; word: string; reason?: string | null; className?: string | undefined }

/** Icon, word and reason; without an icon a dot. */
function Word({ icon: Icon, tone = 'plain', word, reason = null, className }: WordProps) {
  return (
    <span className={cn('inline-flex max-w-full min-w-0 items-center gap-2 align-middle', className)}>
      {Icon === null ? (
        <span aria-hidden className="keeps-shape mx-1 inline-block size-2 shrink-0 rounded-full bg-good-mark" />
      ) : (
        <Icon aria-hidden size={16} strokeWidth={1.75} className={cn('shrink-0', tone === 'none' ? 'text-text-3' : TONE_MARK[tone])} />
      )}
      <span className="truncate" title={reason ?? undefined}>
        <span className={tone === 'warn' ? 'text-warn' : tone === 'none' ? 'text-text-3' : undefined}>{word}</span>
        {reason && <span className="text-text-2"> · {reason}</span>}
      </span>
    </span>
  )
}

/** Invited, active or disabled. */
export function OperatorStateWord({ operator, className }: { operator: OperatorDto; className?: string }) {
  const nowMs = useNow()
  if (operator.state === 'active') return <Word icon={null} word="Active" className={className} />
  if (operator.state === 'disabled') return <Word icon={CircleSlash} tone="none" word="Disabled" className={className} />
  return nowMs !== null && invitationEnded(operator, nowMs) ? (
    <Word icon={MailX} tone="warn" word="Invited" reason="link ended" className={className} />
  ) : (
    <Word icon={Mail} word="Invited" className={className} />
  )
}

/** Whether there is a second factor, and what follows when a demanded one is missing. */
export function SecondFactorWord({ operator, className }: { operator: OperatorDto; className?: string }) {
  if (operator.secondFactor) return <Word icon={Check} tone="none" word="Yes" className={cn('[&_span]:text-text', className)} />
  if (!lacksFactor(operator)) return <span className={cn('text-text-3', className)}>No</span>
  return operator.state === 'invited' ? (
    <span className={cn('text-text-3', className)}>No · set up when joining</span>
  ) : (
    <Word icon={TriangleAlert} tone="warn" word="Missing" reason="will be asked" className={className} />
  )
}

/** `Admin of Anvil & Sons, Viewer of all customers`. */
export const rolesInWords = (operator: OperatorDto): string => inOrder(operator.grants).map(grantWords).join(', ')
