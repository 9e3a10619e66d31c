'use client'
import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { Checkbox, Field, SelectInput } from '@/components/ui/field'
import { ProblemNotice } from '@/components/ui/problem'
import { SearchInput } from '@/components/ui/search-input'
import { customerQueries } from '@/lib/queries/customers'

/** More than these, and a field to search them is of use. */
const FEW = 8

type TokenCustomersProps = { value: readonly string[] | null; onChange: (customerIds: string[] | null) => void; error: string | undefined }

/** All customers that its operator has, or some of them. */
export function TokenCustomers({ value, onChange, error }: TokenCustomersProps) {
  return (
    <div className="flex flex-col gap-2">
      <Field label="Customers" help={value === null ? 'Those that you get later too.' : undefined} error={value === null ? error : undefined}>
        {(id, describedBy) => (
          <SelectInput
            id={id}
            aria-describedby={describedBy}
            value={value === null ? 'all' : 'some'}
            onChange={(event) => onChange(event.target.value === 'all' ? null : [])}
          >
            <option value="all">All that you have</option>
            <option value="some">Only some</option>
          </SelectInput>
        )}
      </Field>
      {value !== null && <Choices value={value} onChange={onChange} error={error} />}
    </div>
  )
}

function Choices({ value, onChange, error }: { value: readonly string[]; onChange: (customerIds: string[]) => void; error: string | undefined }) {
  const noteId = useId()
  const [search, setSearch] = useState('')
  const { data, error: unread, refetch } = useQuery(customerQueries.list())
  const customers = data?.items ?? []
  const shown = customers.filter(({ name }) => name.toLowerCase().includes(search.trim().toLowerCase()))
  if (unread) return <ProblemNotice error={unread} retry={() => void refetch()} />
  return (
    <fieldset aria-describedby={noteId} className="flex min-w-0 flex-col gap-2">
      <legend className="sr-only">Which customers</legend>
      {customers.length > FEW && <SearchInput label="Search customers" placeholder="Customer" value={search} onChange={setSearch} />}
      <div className="flex max-h-44 flex-col overflow-y-auto rounded-md border border-control px-3 py-2">
        {shown.map(({ id, name }) => (
          <Checkbox
            key={id}
            label={name}
            checked={value.includes(id)}
            onChange={(event) => onChange(event.target.checked ? [...value, id] : value.filter((each) => each !== id))}
          />
        ))}
        {data && shown.length === 0 && <p className="text-text-3">{customers.length === 0 ? 'There is no customer yet.' : 'No customer matches.'}</p>}
      </div>
      <p id={noteId} className={error === undefined ? 'text-xs text-text-3' : 'text-xs text-bad'}>
        {error ?? `${value.length} chosen.`}
      </p>
    </fieldset>
  )
}
