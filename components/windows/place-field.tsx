'use client'
import { useQuery } from '@tanstack/react-query'
import { Field, SelectInput } from '@/components/ui/field'
import { customerQueries } from '@/lib/queries/customers'
import { siteQueries } from '@/lib/queries/sites'

export type Place = { customerId: string | null; siteId: string | null }
type PlaceFieldProps = { value: Place; onChange: (place: Place) => void; /** Null: a customer has to be chosen. */ everywhere: string | null; error: string | undefined; siteError: string | undefined }

/** Whose it is, and whether it is of one site. */
export function PlaceField({ value: { customerId, siteId }, onChange, everywhere, error, siteError }: PlaceFieldProps) {
  const customers = useQuery(customerQueries.list()).data?.items ?? []
  const sites = useQuery({ ...siteQueries.list({ customerId: customerId ?? '' }), enabled: customerId !== null }).data?.items ?? []
  return (
    <div className="grid grid-cols-2 gap-3 max-md:grid-cols-1">
      <Field label="Customer" error={error}>
        {(id, describedBy, invalid) => (
          <SelectInput id={id} aria-describedby={describedBy} invalid={invalid} value={customerId ?? ''} onChange={(event) => onChange({ customerId: event.target.value === '' ? null : event.target.value, siteId: null })}>
            <option value="">{everywhere ?? 'Choose a customer'}</option>
            {customers.map(({ id: of, name }) => (
              <option key={of} value={of}>
                {name}
              </option>
            ))}
          </SelectInput>
        )}
      </Field>
      <Field label="Site" error={siteError}>
        {(id, describedBy, invalid) => (
          <SelectInput id={id} aria-describedby={describedBy} invalid={invalid} disabled={customerId === null} value={siteId ?? ''} onChange={(event) => onChange({ customerId, siteId: event.target.value === '' ? null : event.target.value })}>
            <option value="">All its sites</option>
            {sites.map(({ id: of, name }) => (
              <option key={of} value={of}>
                {name}
              </option>
            ))}
          </SelectInput>
        )}
      </Field>
    </div>
  )
}
