'use client'
import { useQuery } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field, SelectInput, TextInput } from '@/components/ui/field'
import { plural } from '@/lib/format/numbers'
import { customerQueries } from '@/lib/queries/customers'
import type { StartBulk } from '@/lib/queries/bulk'
import { siteQueries } from '@/lib/queries/sites'
import { tag as tagSchema } from '@/lib/firewalls/input'

export type BulkDialogName = 'tag' | 'move' | 'pause'
type Act = Pick<StartBulk, 'act' | 'input'>
type DialogProps = { count: number; busy: boolean; onStart: (act: Act) => void; onClose: () => void }

/** What an act still has to know. It is the form of the act alone; which firewalls are meant stands in its title. */
export function BulkDialog({ name, ...props }: DialogProps & { name: BulkDialogName }) {
  if (name === 'tag') return <TagDialog {...props} />
  return name === 'move' ? <MoveDialog {...props} /> : <PauseDialog {...props} />
}

type FrameProps = Pick<DialogProps, 'busy' | 'onClose'> & { title: string; description: string; act: string; stay: string; onAct: () => void; children: ReactNode }

function Frame({ title, description, act, stay, busy, onAct, onClose, children }: FrameProps) {
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={title}
      description={description}
      footer={
        <>
          <Button onClick={onClose}>{stay}</Button>
          <Button variant="primary" busy={busy} onClick={onAct}>
            {act}
          </Button>
        </>
      }
    >
      {children}
    </Dialog>
  )
}

function TagDialog({ count, onStart, ...frame }: DialogProps) {
  const [tag, setTag] = useState('')
  const [how, setHow] = useState<'add' | 'remove'>('add')
  const [error, setError] = useState<string | null>(null)
  const send = (): void => {
    const parsed = tagSchema.safeParse(tag)
    if (!parsed.success) return setError(parsed.error.issues[0]?.message ?? 'This is no tag.')
    onStart({ act: 'tag', input: { [how]: [parsed.data] } })
  }
  return (
    <Frame
      {...frame}
      title={`Tag ${plural(count, 'firewall')}`}
      description="It can be undone afterwards, on exactly those that it changed."
      act={how === 'add' ? 'Add the tag' : 'Remove the tag'}
      stay="Leave the tags"
      onAct={send}
    >
      <Field label="What to do">
        {(id) => (
          <SelectInput id={id} value={how} onChange={(event) => setHow(event.target.value === 'remove' ? 'remove' : 'add')}>
            <option value="add">Add a tag</option>
            <option value="remove">Remove a tag</option>
          </SelectInput>
        )}
      </Field>
      <Field label="Tag" help="One word, for example edge." error={error}>
        {(id, describedBy, invalid) => (
          <TextInput id={id} aria-describedby={describedBy} invalid={invalid} value={tag} maxLength={40} onChange={(event) => setTag(event.target.value)} />
        )}
      </Field>
    </Frame>
  )
}

function MoveDialog({ count, onStart, ...frame }: DialogProps) {
  const customers = useQuery(customerQueries.list()).data?.items ?? []
  const [customerId, setCustomerId] = useState('')
  const [siteId, setSiteId] = useState('')
  const [error, setError] = useState<string | null>(null)
  const sites = useQuery({ ...siteQueries.list({ customerId }), enabled: customerId !== '' }).data?.items ?? []
  const send = (): void => (customerId === '' ? setError('Choose a customer.') : onStart({ act: 'move', input: { customerId, siteId: siteId === '' ? null : siteId } }))
  return (
    <Frame
      {...frame}
      title={`Move ${plural(count, 'firewall')}`}
      description="Who sees the new customer sees them from then on, with what is stored of them; who sees only the old one no longer does."
      act="Move them"
      stay="Leave them"
      onAct={send}
    >
      <Field label="Customer" error={error}>
        {(id, describedBy, invalid) => (
          <SelectInput
            id={id}
            aria-describedby={describedBy}
            invalid={invalid}
            value={customerId}
            onChange={(event) => {
              setCustomerId(event.target.value)
              setSiteId('')
              setError(null)
            }}
          >
            <option value="">Choose</option>
            {customers.map((customer) => (
              <option key={customer.id} value={customer.id}>
                {customer.name}
              </option>
            ))}
          </SelectInput>
        )}
      </Field>
      <Field label="Site" help={customerId === '' ? 'After the customer.' : undefined}>
        {(id, describedBy) => (
          <SelectInput id={id} aria-describedby={describedBy} value={siteId} disabled={customerId === ''} onChange={(event) => setSiteId(event.target.value)}>
            <option value="">No site</option>
            {sites.map((site) => (
              <option key={site.id} value={site.id}>
                {site.name}
              </option>
            ))}
          </SelectInput>
        )}
      </Field>
    </Frame>
  )
}

function PauseDialog({ count, onStart, ...frame }: DialogProps) {
  const [reason, setReason] = useState('')
  const [error, setError] = useState<string | null>(null)
  const send = (): void => (reason.trim() === '' ? setError('Say why.') : onStart({ act: 'pause', input: { reason } }))
  return (
    <Frame
      {...frame}
      title={`Pause visits to ${plural(count, 'firewall')}`}
      description="Palisade no longer asks them by itself until someone resumes the visits. What is stored stays."
      act="Pause visits"
      stay="Go on visiting"
      onAct={send}
    >
      <Field label="Reason" help="Shown beside the state and in the audit." error={error}>
        {(id, describedBy, invalid) => (
          <TextInput id={id} aria-describedby={describedBy} invalid={invalid} value={reason} maxLength={200} onChange={(event) => setReason(event.target.value)} />
        )}
      </Field>
    </Frame>
  )
}
