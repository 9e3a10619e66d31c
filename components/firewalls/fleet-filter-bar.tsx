'use client'
import { useQuery } from '@tanstack/react-query'
import { Search } from 'lucide-react'
import type { Ref } from 'react'
import { TextInput } from '@/components/ui/field'
import { FilterSelect } from '@/components/ui/filter-select'
import { Kbd } from '@/components/ui/kbd'
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
      <div className="relative min-w-56 flex-1">
        <Search aria-hidden size={16} className="pointer-events-none absolute top-2 left-2.5 text-text-3 max-md:top-3.5" />
        <TextInput ref={searchRef} type="search" aria-label="Search name, address, customer, site" placeholder="Name, address, customer, site" value={view.search} onChange={(event) => onChange({ search: event.target.value })} className="pr-9 pl-8" />
        <span className="absolute top-[7px] right-2">
          <Kbd>/</Kbd>
        </span>
      </div>
      <div className="flex flex-wrap items-center gap-2 max-md:-mx-4 max-md:w-screen max-md:flex-nowrap max-md:overflow-x-auto max-md:px-4 max-md:py-1">
        {select('state', 'State', STATE_CHOICES)}
        {select('firmware', 'Firmware', FIRMWARE_CHOICES)}
        {select('customer', 'Customer', customers.map(({ id, name }) => ({ value: id, label: name })))}
        {select('family', 'Family', families.map(({ family, label }) => ({ value: family, label })))}
        {select('tag', 'Tag', tags.map((tag) => ({ value: tag, label: tag })))}
      </div>
    </div>
  )
}
