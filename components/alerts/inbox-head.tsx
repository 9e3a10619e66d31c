'use client'
import { X } from 'lucide-react'
import { FilterSelect } from '@/components/ui/filter-select'
import { cn } from '@/lib/core/cn'
import type { AlertCounts } from '@/lib/alerts/dto'
import { ruleOf } from '@/lib/alerts/rules'
import { ALERT_KINDS } from '@/lib/alerts/words'
import { formatCount } from '@/lib/format/numbers'
import { SEVERITIES } from '@/lib/notices/kinds'
import { SEVERITY_LOOKS } from './alert-looks'
import { ALERT_TABS, type AlertTab, type AlertView } from './alert-view'
import { alertsHeadline, openOf } from './alert-words'

const TAB_WORDS = { open: 'Open', acknowledged: 'Acknowledged', resolved: 'Resolved' } as const satisfies Record<AlertTab, string>
const SEVERITY_CHOICES = SEVERITIES.map((value) => ({ value, label: SEVERITY_LOOKS[value].word }))
const KIND_CHOICES = ALERT_KINDS.map((value) => ({ value, label: ruleOf(value).title }))

type InboxHeadProps = { view: AlertView; counts: AlertCounts | undefined; onChange: (change: Partial<AlertView>) => void; firewallName: string | null }

/** How it stands in a sentence, then which alerts are shown. */
export function InboxHead({ view, counts, onChange, firewallName }: InboxHeadProps) {
  const numbers: Record<AlertTab, number | null> = { open: counts ? openOf(counts.open) : null, acknowledged: counts?.acknowledged ?? null, resolved: null }
  return (
    <div className="flex flex-col gap-2 border-b border-line-2 px-4 py-3">
      <p className="min-h-6 text-base font-semibold">{counts && alertsHeadline(counts)}</p>
      <div role="group" aria-label="Which alerts" className="flex">
        {ALERT_TABS.map((tab) => (
          <button
            key={tab}
            type="button"
            aria-pressed={view.tab === tab}
            onClick={() => onChange({ tab })}
            className={cn(
              '-ml-px h-[30px] border px-3 first:ml-0 first:rounded-l-md last:rounded-r-md whitespace-nowrap max-md:h-11 max-md:flex-1 max-md:px-1',
              view.tab === tab ? 'relative z-10 border-act bg-act-soft font-medium text-text' : 'border-line-2 bg-surface text-text-2 hover:bg-hover',
            )}
          >
            {TAB_WORDS[tab]}
            {numbers[tab] !== null && <span className="tabular-nums"> {formatCount(numbers[tab])}</span>}
          </button>
        ))}
      </div>
      <div role="search" aria-label="Filter the alerts" className="flex flex-wrap items-center gap-2">
        {view.firewall !== '' && (
          <span className="inline-flex h-8 max-w-60 items-center rounded-md border border-act bg-act-soft pl-2 max-md:h-11">
            <span className="truncate">{firewallName ?? 'One firewall'}</span>
            <button type="button" aria-label="Remove the condition on firewall" onClick={() => onChange({ firewall: '' })} className="grid h-full w-7 place-items-center text-text-2 hover:text-text max-md:w-11">
              <X aria-hidden size={14} />
            </button>
          </span>
        )}
        <FilterSelect label="Severity" value={view.severity} choices={SEVERITY_CHOICES} onChange={(severity) => onChange({ severity })} />
        <FilterSelect label="Kind" value={view.kind} choices={KIND_CHOICES} onChange={(kind) => onChange({ kind })} />
      </div>
    </div>
  )
}
