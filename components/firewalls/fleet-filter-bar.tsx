'use client'
import { useQuery } from '@tanstack/react-query'
import type { Ref } from 'react'
import { FilterSelect } from '@/components/ui/filter-select'
import { Kbd } from '@/components/ui/kbd'
import { SearchInput } from '@/components/ui/search-input'
import { customerQueries } from '@/lib/queries/customers'
import { familyQueries } from '@/lib/queries/families'
import { FIRMWARE_CHOICES, STATE_CHOICES, type FleetCondition, type FleetView } from './fleet-filter'

type FilterBarProps = { view: FleetView; onChange: (change: Partial<FleetView>) => void; tags: readonly string[]; searchRef: Ref<HTMLInputElement> }

/** One field and five choices; each that is set can be taken back by itself. */
export function FleetFilterBar({ view, onChange, tags, searchRef }: FilterBarProps) {
  const customers = useQuery(customerQueries.list()).data?.items ?? []
  const families = useQuery(familyQueries.list()).data ?? []
  const select = (name: FleetCondition, label: string, choices: readonly { value: string; label: string }[]) => (
    <FilterSelect key={name} label={label} value={view[name]} choices={choices} onChange={(value) => onChange({ [name]: value })} />
  )
  return (
    <div role="search" aria-label="Filter the firewalls" className="flex flex-wrap items-center gap-2 px-5 pt-3 pb-2 max-md:px-4">
      <SearchInput
        inputRef={searchRef}
        label="Search name, address, customer, site"
        placeholder="Name, address, customer, site"
        value={view.search}
        onChange={(search) => onChange({ search })}
        className="min-w-56 flex-1"
      >
        <Kbd>/</Kbd>
      </SearchInput>
      <div className="flex flex-wrap items-center gap-2 max-md:-mx-4 max-md:w-screen max-md:flex-nowrap max-md:overflow-x-auto max-md:px-4 max-md:py-1">
        {select('state', 'State', STATE_CHOICES)}
        {select('firmware', 'Firmware', FIRMWARE_CHOICES)}
        {select(
          'customer',
          'Customer',
          customers.map(({ id, name }) => ({ value: id, label: name })),
        )}
        {select(
          'family',
          'Family',
          families.map(({ family, label }) => ({ value: family, label })),
        )}
        {select(
          'tag',
          'Tag',
          tags.map((tag) => ({ value: tag, label: tag })),
        )}
      </div>
    </div>
  )
}
