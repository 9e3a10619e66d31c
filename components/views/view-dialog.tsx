'use client'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Checkbox, Field, TextInput } from '@/components/ui/field'
import { ProblemNotice } from '@/components/ui/problem'
import { roleMay } from '@/lib/auth/roles'
import { ApiError } from '@/lib/queries/client'
import type { ListName } from '@/lib/query-language/fields'
import { useMe } from '@/lib/queries/use-me'
import { viewMutations } from '@/lib/queries/views'
import type { ViewDto } from '@/lib/views/input'

type ViewDialogProps = { view: ViewDto | null; list: ListName; query: string; columns: readonly string[] | null; onClose: () => void }

const fieldError = (error: Error | null, field: string): string | null =>
  error instanceof ApiError ? (error.issues.find((issue) => issue.field === field)?.message ?? null) : null

/** Names a view, shares it, removes it. `view: null` keeps what the list shows now. */
export function ViewDialog({ view, list, query, columns, onClose }: ViewDialogProps) {
  const me = useMe()
  const [key] = useState(() => crypto.randomUUID())
  const [name, setName] = useState(view?.name ?? '')
  const [shared, setShared] = useState(view?.shared ?? false)
  const create = useMutation(viewMutations.create(key))
  const edit = useMutation(viewMutations.edit())
  const remove = useMutation(viewMutations.remove())
  const error = create.error ?? edit.error ?? remove.error
  const mayShare = me?.scopes.some(({ role, customerId }) => customerId === null && roleMay(role, 'firewall:ask')) === true
  const save = (): void => {
    if (view === null) create.mutate({ list, name, query, columns: columns && [...columns], shared }, { onSuccess: onClose })
    else edit.mutate({ id: view.id, etag: view.etag, name, shared }, { onSuccess: onClose })
  }
  const nameError = fieldError(error, 'name')
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={view === null ? 'Save this view' : `Change ${view.name}`}
      description="A view keeps conditions, order and columns. It is a link: who opens it sees what they may see."
      footer={
        <>
          {view && (
            <Button variant="danger" busy={remove.isPending} onClick={() => remove.mutate({ id: view.id, etag: view.etag }, { onSuccess: onClose })} className="mr-auto">
              Remove the view
            </Button>
          )}
          <Button onClick={onClose}>{view === null ? 'Do not save' : 'Leave it'}</Button>
          <Button variant="primary" busy={create.isPending || edit.isPending} onClick={save}>
            {view === null ? 'Save the view' : 'Save the changes'}
          </Button>
        </>
      }
    >
      <Field label="Name" error={nameError}>
        {(id, describedBy, invalid) => (
          <TextInput id={id} aria-describedby={describedBy} invalid={invalid} value={name} maxLength={60} onChange={(event) => setName(event.target.value)} />
        )}
      </Field>
      <Checkbox
        label="Show it to everyone"
        help={mayShare ? 'Everyone sees its name and conditions.' : 'Sharing needs an operator of all customers.'}
        checked={shared}
        disabled={!mayShare && !shared}
        onChange={(event) => setShared(event.target.checked)}
      />
      {nameError === null && <ProblemNotice error={error} />}
    </Dialog>
  )
}
