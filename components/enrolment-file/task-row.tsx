'use client'
import { Ellipsis, KeyRound, RefreshCw, ShieldCheck, Trash2 } from 'lucide-react'
import Link from 'next/link'
import { Button } from '@/components/ui/button'
import { Menu } from '@/components/ui/menu'
import type { MenuItem } from '@/components/ui/menu-items'
import { TONE_RAIL } from '@/components/ui/tone'
import { cn } from '@/lib/core/cn'
import type { EnrolmentRowDto } from '@/lib/enrolment/dto'
import type { RowState } from '@/lib/enrolment/states'
import { shortFingerprint } from '@/lib/format/versions'
import { rowRail } from './row-words'

export type TaskState = Extract<RowState, 'waits-for-trust' | 'failed' | 'differs'>
type TaskRowProps = { row: EnrolmentRowDto; state: TaskState; busy: boolean; onTrust: () => void; onRetry: () => void; onEdit: () => void; onDrop: () => void }

/** Which line, why it stopped, and what can be done about it. */
export function TaskRow({ row, state, busy, onTrust, onRetry, onEdit, onDrop }: TaskRowProps) {
  const rail = rowRail(row)
  const more: MenuItem[] = [
    { label: 'Change the line or its credential', icon: KeyRound, onSelect: onEdit },
    { label: 'Give the line up', icon: Trash2, danger: true, onSelect: onDrop },
  ]
  return (
    <li className={cn('flex flex-wrap items-center gap-x-6 gap-y-2 border-t border-line px-5 py-2.5 max-md:px-4', rail && TONE_RAIL[rail])}>
      <div className="min-w-64 flex-1">
        <p className="flex flex-wrap items-baseline gap-x-3 break-words">
          {row.firewallId === null ? (
            <span className="font-medium">{row.name}</span>
          ) : (
            <Link href={`/firewalls/${row.firewallId}`} className="font-medium text-act hover:underline">
              {row.name}
            </Link>
          )}
          <span className="font-mono text-xs break-all text-text-2">{row.baseUrl}</span>
          <span className="text-xs text-text-3">
            {row.customer}
            {row.site !== null && `, ${row.site}`} · line {row.line}
          </span>
        </p>
        <p className="break-words text-text-2">
          {row.message} {row.nextStep}
          {state === 'waits-for-trust' && row.certificate && <span className="font-mono text-xs text-text-3"> {shortFingerprint(row.certificate.sha256)}</span>}
        </p>
      </div>
      <div className="flex shrink-0 items-center gap-2">
        {state === 'waits-for-trust' && (
          <Button size="sm" icon={ShieldCheck} onClick={onTrust}>
            {row.plainHttp ? 'Decide' : 'Compare and trust'}
          </Button>
        )}
        {state === 'failed' && (
          <Button
            size="sm"
            icon={RefreshCw}
            busy={busy}
            disabledReason={row.credentialKept ? null : 'Its credential is gone. Change the line to enter it again.'}
            onClick={onRetry}
          >
            Try again
          </Button>
        )}
        <Menu
          label={`Acts on ${row.name}`}
          items={more}
          trigger={
            <button
              type="button"
              aria-label={`Acts on ${row.name}`}
              className="inline-grid size-6 place-items-center rounded-md text-text-3 hover:bg-hover hover:text-text max-md:size-11"
            >
              <Ellipsis aria-hidden size={16} />
            </button>
          }
        />
      </div>
    </li>
  )
}
