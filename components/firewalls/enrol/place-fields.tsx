'use client'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState, type KeyboardEvent } from 'react'
import { Button } from '@/components/ui/button'
import { Field, SelectInput, TextInput } from '@/components/ui/field'
import { ProblemNotice } from '@/components/ui/problem'
import { SkeletonRows } from '@/components/ui/skeleton'
import { customerMutations, customerQueries } from '@/lib/queries/customers'
import { siteMutations, siteQueries } from '@/lib/queries/sites'

type CustomerFieldProps = { value: string; error?: string | undefined; onChange: (customerId: string) => void }

/** Whose it is: chosen, or made right here. */
export function CustomerField({ value, error, onChange }: CustomerFieldProps) {
  const { data, error: unread } = useQuery(customerQueries.list())
  const [making, setMaking] = useState(false)
  const [idempotencyKey] = useState(() => crypto.randomUUID())
  const create = useMutation(customerMutations.create(idempotencyKey))
  if (unread) return <ProblemNotice error={unread} />
  if (!data) return <SkeletonRows rows={1} columns={1} rowHeight={60} />
  if (making || data.items.length === 0) {
    return (
      <NewName
        label="Name of the new customer"
        submit="Create this customer"
        busy={create.isPending}
        error={create.error}
        onCancel={data.items.length === 0 ? null : () => setMaking(false)}
        onSubmit={(name) =>
          create.mutate(
            { name },
            {
              onSuccess: ({ id }) => {
                setMaking(false)
                onChange(id)
              },
            },
          )
        }
      />
    )
  }
  return (
    <div className="flex items-end gap-2">
      <Field label="Customer" error={error} className="flex-1">
        {(id, describedBy, invalid) => (
          <SelectInput id={id} aria-describedby={describedBy} invalid={invalid} value={value} onChange={(event) => onChange(event.target.value)}>
            <option value="">Choose a customer</option>
            {data.items.map((customer) => (
              <option key={customer.id} value={customer.id}>
                {customer.name}
              </option>
            ))}
          </SelectInput>
        )}
      </Field>
      <Button icon={Plus} onClick={() => setMaking(true)} className={error ? 'mb-5' : ''}>
        New customer
      </Button>
    </div>
  )
}

type SiteFieldProps = {
  customerId: string
  value: string
  timeZone: string
  error?: string | undefined
  onChange: (siteId: string, timeZone: string | null) => void
}

/** Where it stands. A site brings its time zone along. */
export function SiteField({ customerId, value, timeZone, error, onChange }: SiteFieldProps) {
  const { data, error: unread } = useQuery({ ...siteQueries.list({ customerId }), enabled: customerId !== '' })
  const [making, setMaking] = useState(false)
  const [idempotencyKey] = useState(() => crypto.randomUUID())
  const create = useMutation(siteMutations.create(idempotencyKey))
  if (unread) return <ProblemNotice error={unread} />
  if (making && customerId !== '') {
    return (
      <NewName
        label="Name of the new site"
        submit="Create this site"
        busy={create.isPending}
        error={create.error}
        onCancel={() => setMaking(false)}
        onSubmit={(name) =>
          create.mutate(
            { name, customerId, timeZone },
            {
              onSuccess: (site) => {
                setMaking(false)
                onChange(site.id, site.timeZone)
              },
            },
          )
        }
      />
    )
  }
  return (
    <div className="flex items-end gap-2">
      <Field label="Site" error={error} className="flex-1">
        {(id, describedBy, invalid) => (
          <SelectInput
            id={id}
            aria-describedby={describedBy}
            invalid={invalid}
            value={value}
            disabled={customerId === ''}
            onChange={(event) => onChange(event.target.value, data?.items.find((site) => site.id === event.target.value)?.timeZone ?? null)}
          >
            <option value="">{customerId === '' ? 'Choose the customer first' : 'No site'}</option>
            {data?.items.map((site) => (
              <option key={site.id} value={site.id}>
                {site.name}
              </option>
            ))}
          </SelectInput>
        )}
      </Field>
      <Button icon={Plus} disabledReason={customerId === '' ? 'Choose the customer first.' : null} onClick={() => setMaking(true)}>
        New site
      </Button>
    </div>
  )
}

type NewNameProps = { label: string; submit: string; busy: boolean; error: Error | null; onCancel: (() => void) | null; onSubmit: (name: string) => void }

/** Not a form of its own: it stands inside one, and Enter must not send that. */
function NewName({ label, submit, busy, error, onCancel, onSubmit }: NewNameProps) {
  const [name, setName] = useState('')
  const [empty, setEmpty] = useState(false)
  const send = (): void => {
    setEmpty(name.trim() === '')
    if (name.trim() !== '' && !busy) onSubmit(name.trim())
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter') return
    event.preventDefault()
    send()
  }
  return (
    <div className="flex flex-col gap-2">
      <Field label={label} error={empty ? 'Give it a name.' : null}>
        {(id, describedBy, invalid) => (
          <TextInput
            id={id}
            aria-describedby={describedBy}
            invalid={invalid}
            value={name}
            maxLength={80}
            autoComplete="off"
            autoFocus={onCancel !== null}
            onChange={(event) => setName(event.target.value)}
            onKeyDown={onKeyDown}
          />
        )}
      </Field>
      <ProblemNotice error={error} />
      <div className="flex gap-2">
        <Button busy={busy} onClick={send}>
          {submit}
        </Button>
        {onCancel && (
          <Button variant="quiet" onClick={onCancel}>
            Choose one instead
          </Button>
        )}
      </div>
    </div>
  )
}
