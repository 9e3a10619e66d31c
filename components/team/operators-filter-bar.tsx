'use client'
import { useQuery } from '@tanstack/react-query'
import { Mail, TriangleAlert } from 'lucide-react'
import type { ReactNode, Ref } from 'react'
import { Button } from '@/components/ui/button'
import { Empty } from '@/components/ui/empty'
import { FilterSelect } from '@/components/ui/filter-select'
import { Kbd } from '@/components/ui/kbd'
import { SearchInput } from '@/components/ui/search-input'
import { formatCount, plural } from '@/lib/format/numbers'
import { customerQueries } from '@/lib/queries/customers'
import type { OperatorDto } from '@/lib/team/input'
import { lacksFactor, type OperatorCondition, type OperatorView } from './operator-filter'

const STATE_CHOICES = [
  { value: 'invited', label: 'Invited' },
  { value: 'active', label: 'Active' },
  { value: 'disabled', label: 'Disabled' },
]
const FACTOR_CHOICES = [
  { value: 'no', label: 'Without a second factor' },
  { value: 'yes', label: 'With a second factor' },
]

type FilterBarProps = { view: OperatorView; onChange: (change: Partial<OperatorView>) => void; searchRef: Ref<HTMLInputElement>; children: ReactNode }

export function OperatorsFilterBar({ view, onChange, searchRef, children }: FilterBarProps) {
  const customers = useQuery(customerQueries.list()).data?.items ?? []
  return (
    <div className="flex flex-wrap items-center gap-2 px-5 pt-3 pb-2 max-md:px-4">
      <div role="search" aria-label="Filter the operators" className="flex min-w-0 flex-1 flex-wrap items-center gap-2 max-md:basis-full">
        <SearchInput
          inputRef={searchRef}
          label="Search name, e-mail"
          placeholder="Name, e-mail"
          value={view.search}
          onChange={(search) => onChange({ search })}
          className="min-w-52 flex-1"
        >
          <Kbd>/</Kbd>
        </SearchInput>
        <div className="flex flex-wrap items-center gap-2 max-md:-mx-4 max-md:w-screen max-md:flex-nowrap max-md:overflow-x-auto max-md:px-4 max-md:py-1">
          <FilterSelect label="State" value={view.state} choices={STATE_CHOICES} onChange={(state) => onChange({ state })} />
          <FilterSelect label="Second factor" value={view.factor} choices={FACTOR_CHOICES} onChange={(factor) => onChange({ factor })} />
          <FilterSelect
            label="Customer"
            value={view.customer}
            choices={customers.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={(customer) => onChange({ customer })}
          />
        </div>
      </div>
      {children}
    </div>
  )
}

/** Who needs someone, before the list shows who it is. */
export function OperatorsSummary({ rows, total, filtered }: { rows: readonly OperatorDto[]; total: number; filtered: boolean }) {
  const missing = rows.filter((row) => row.state === 'active' && lacksFactor(row)).length
  const invited = rows.filter(({ state }) => state === 'invited').length
  return (
    <div className="flex min-h-9 flex-wrap items-center gap-x-4 gap-y-1 px-5 pb-2 text-xs text-text-2 max-md:px-4">
      <p role="status">
        <strong className="font-semibold text-text">{plural(total, 'operator')}</strong>
        {filtered && (total === 1 ? ' matches' : ' match')}
      </p>
      {missing > 0 && (
        <p className="inline-flex items-center gap-1.5">
          <TriangleAlert aria-hidden size={14} strokeWidth={1.75} className="text-warn-mark" />
          {missing === 1 ? '1 lacks the second factor that is demanded' : `${formatCount(missing)} lack the second factor that is demanded`}
        </p>
      )}
      {invited > 0 && (
        <p className="inline-flex items-center gap-1.5">
          <Mail aria-hidden size={14} strokeWidth={1.75} className="text-text-3" />
          {formatCount(invited)} invited
        </p>
      )}
    </div>
  )
}

const CONDITION_WORDS = { search: 'the search text', state: 'the state', customer: 'the customer', factor: 'the second factor' } as const satisfies Record<
  OperatorCondition,
  string
>

/** Nothing matches: names each condition, so that the right one can be taken away. */
export function OperatorsNoMatch({ conditions, onChange }: { conditions: readonly OperatorCondition[]; onChange: (change: Partial<OperatorView>) => void }) {
  const names = conditions.map((name) => CONDITION_WORDS[name])
  return (
    <Empty
      title="No operator matches"
      action={conditions.map((name) => (
        <Button key={name} onClick={() => onChange({ [name]: '' })}>
          Remove {CONDITION_WORDS[name]}
        </Button>
      ))}
    >
      {names.length === 1
        ? `It is ${names[0]} that leaves nobody over.`
        : `The conditions on ${names.slice(0, -1).join(', ')} and ${names.at(-1)} leave nobody over together.`}
    </Empty>
  )
}
