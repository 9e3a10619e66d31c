'use client'
import { useQueryClient } from '@tanstack/react-query'
import { BellOff, User } from 'lucide-react'
import Link from 'next/link'
import type { MouseEvent } from 'react'
import { formatSpan } from '@/components/overview/headline'
import { TONE_MARK } from '@/components/ui/tone'
import { useNow } from '@/components/ui/use-now'
import { cn } from '@/lib/core/cn'
import { formatExact } from '@/lib/format/dates'
import { formatCount } from '@/lib/format/numbers'
import type { AlertDto } from '@/lib/alerts/dto'
import { alertQueries } from '@/lib/queries/alerts'
import { KIND_ICONS, SEVERITY_LOOKS, toneOf, waitsForPerson } from './alert-looks'
import { whereabouts } from './alert-words'
import type { HeldRow } from './held-order'

/** Keys move the focus to the row by this. */
export const rowId = (id: string): string => `alert-${id}`

type AlertRowProps = {
  row: HeldRow
  /** Under `j` and `k`, and shown beside the list. */ active: boolean
  /** The one row that Tab reaches. */ tabStop: boolean
  selected: boolean
  href: string
  onActive: (id: string) => void
  onToggle: (id: string) => void
  /** Returns whether it was opened here; else the link is followed. */ onOpen: (id: string) => boolean
}

/** One alert in two lines. */
export function AlertRow({ row: { alert, gone }, active, tabStop, selected, href, onActive, onToggle, onOpen }: AlertRowProps) {
  const known = useQueryClient().getQueryData(alertQueries.one(alert.id).queryKey)
  const Icon = KIND_ICONS[alert.kind]
  const tone = toneOf(alert)
  const click = (event: MouseEvent): void => {
    // Enter is a click without a place: it leads to the page of the alert.
    if (event.detail === 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return
    if (onOpen(alert.id)) event.preventDefault()
  }
  return (
    <li className={cn('relative flex min-h-[53px] gap-3 border-b border-line py-1.5 pr-4 pl-2 max-md:min-h-14', selected || active ? 'bg-act-soft' : 'hover:bg-hover', active && 'shadow-[inset_3px_0_0_var(--act)]')}>
      <label className="relative z-10 grid w-6 shrink-0 place-items-center max-md:w-11">
        <input type="checkbox" checked={selected} onChange={() => onToggle(alert.id)} aria-label={`Choose: ${alert.sentence}`} className="size-4 accent-act-fill max-md:size-5" />
      </label>
      <Icon aria-hidden size={16} strokeWidth={1.75} className={cn('mt-0.5 shrink-0', gone ? 'text-text-3' : TONE_MARK[tone])} />
      <div className="min-w-0 flex-1">
        <Link
          id={rowId(alert.id)}
          href={href}
          tabIndex={tabStop ? 0 : -1}
          aria-current={active ? 'true' : undefined}
          onClick={click}
          onFocus={() => onActive(alert.id)}
          title={alert.sentence}
          className={cn('block truncate outline-none after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-act focus-visible:after:outline-solid', gone ? 'text-text-2' : 'font-medium')}
        >
          <span className="sr-only">{waitsForPerson(alert.kind) ? `${SEVERITY_LOOKS[alert.severity].word}, waits for a person: ` : `${SEVERITY_LOOKS[alert.severity].word}: `}</span>
          {alert.sentence.replace(/\.$/, '')}
        </Link>
        <p className="truncate text-xs text-text-2">{gone ? goneWord(known) : (alert.acknowledged ? `${alert.acknowledged.by} looks after it · ` : '') + whereabouts(alert)}</p>
      </div>
      <RowMarks row={{ alert, gone }} />
    </li>
  )
}

const goneWord = (known: AlertDto | undefined): string => (known?.acknowledged ? `${known.acknowledged.by} looks after it` : 'Not in this list any more')

/** How long it lasts, what follows from it, and whether it waits or is silent. */
function RowMarks({ row: { alert, gone } }: { row: HeldRow }) {
  const nowMs = useNow()
  const from = alert.openedAt ?? alert.since
  const until = alert.resolvedAt === null ? nowMs : Date.parse(alert.resolvedAt)
  return (
    <div className="shrink-0 text-right text-xs text-text-2 tabular-nums">
      <p title={nowMs === null ? undefined : formatExact(from)}>{until === null ? '' : formatSpan(from, until)}</p>
      <p className="flex items-center justify-end gap-1.5">
        {alert.silencedUntil !== null && <BellOff aria-label="Silenced" size={14} className="text-text-3" />}
        {alert.effects > 0 && <span title={`${formatCount(alert.effects)} that follow from it`}>+{formatCount(alert.effects)}</span>}
        {waitsForPerson(alert.kind) && alert.state === 'open' && !gone && (
          <span className="inline-flex items-center gap-1 text-you">
            <User aria-hidden size={12} /> waits
          </span>
        )}
      </p>
    </div>
  )
}
