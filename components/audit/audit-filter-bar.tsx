'use client'
import { useQuery } from '@tanstack/react-query'
import { X } from 'lucide-react'
import { FilterSelect } from '@/components/ui/filter-select'
import { TextInput } from '@/components/ui/field'
import { SearchInput } from '@/components/ui/search-input'
import { AUDIT_RESULTS } from '@/lib/audit/actions'
import { customerQueries } from '@/lib/queries/customers'
import { ACTION_CHOICES, type AuditView } from './audit-filter'

const RESULT_WORDS = { intent: 'Intent', done: 'Done', failed: 'Failed', refused: 'Refused' } as const
const RESULT_CHOICES = AUDIT_RESULTS.map((result) => ({ value: result, label: RESULT_WORDS[result] }))

type AuditFilterBarProps = {
  view: AuditView
  onChange: (change: Partial<AuditView>) => void
  /** Name of the firewall that the view is about. */ firewallName: string | null
  ofOneFirewall: boolean
}

export function AuditFilterBar({ view, onChange, firewallName, ofOneFirewall }: AuditFilterBarProps) {
  const customers = useQuery({ ...customerQueries.list(), enabled: !ofOneFirewall }).data?.items ?? []
  return (
    <div role="search" aria-label="Filter the audit" className="flex flex-wrap items-center gap-2 px-5 py-3 max-md:px-4">
      <SearchInput
        label="Search who, firewall, customer, action, request"
        placeholder="Who, firewall, customer, action, request"
        value={view.search}
        onChange={(search) => onChange({ search })}
        className="min-w-52 flex-1"
      />
      <div className="flex flex-wrap items-center gap-2 max-md:-mx-4 max-md:w-screen max-md:flex-nowrap max-md:overflow-x-auto max-md:px-4 max-md:py-1">
        {view.actor !== '' && <Chip name="who" text={`By ${view.actor}`} onRemove={() => onChange({ actor: '' })} />}
        {view.firewall !== '' && !ofOneFirewall && <Chip name="firewall" text={firewallName ?? 'One firewall'} onRemove={() => onChange({ firewall: '' })} />}
        <FilterSelect label="Action" value={view.action} choices={ACTION_CHOICES} onChange={(action) => onChange({ action })} />
        <FilterSelect label="Result" value={view.result} choices={RESULT_CHOICES} onChange={(result) => onChange({ result })} />
        {!ofOneFirewall && (
          <FilterSelect
            label="Customer"
            value={view.customer}
            choices={customers.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={(customer) => onChange({ customer })}
          />
        )}
        <Day label="From" value={view.from} onChange={(from) => onChange({ from })} />
        <Day label="To" value={view.to} onChange={(to) => onChange({ to })} />
      </div>
    </div>
  )
}

/** A condition that was set from another page; here it can only be taken back. */
function Chip({ name, text, onRemove }: { name: string; text: string; onRemove: () => void }) {
  return (
    <span className="inline-flex h-8 max-w-60 shrink-0 items-center rounded-md border border-act bg-act-soft pl-2 max-md:h-11">
      <span className="truncate">{text}</span>
      <button
        type="button"
        aria-label={`Remove the condition on ${name}`}
        onClick={onRemove}
        className="grid h-full w-7 shrink-0 place-items-center rounded-md text-text-2 hover:text-text max-md:w-11"
      >
        <X aria-hidden size={14} />
      </button>
    </span>
  )
}

function Day({ label, value, onChange }: { label: string; value: string; onChange: (day: string) => void }) {
  return (
    <label className="inline-flex shrink-0 items-center gap-1.5 text-xs text-text-2">
      {label}
      <TextInput type="date" value={value} onChange={(event) => onChange(event.target.value)} className="w-36 text-sm" />
    </label>
  )
}
