'use client'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { toast } from '@/components/ui/toast'
import type { CustomerDto } from '@/lib/customers/input'
import { customerMutations } from '@/lib/queries/customers'
import { NameDialog } from './name-dialog'
import { RemoveDialog } from './remove-dialog'

export function CreateCustomerDialog({ onClose }: { onClose: () => void }) {
  const [key] = useState(() => crypto.randomUUID())
  const create = useMutation(customerMutations.create(key))
  const save = (name: string): void =>
    create.mutate(
      { name },
      {
        onSuccess: () => {
          toast.good(`${name} is there.`)
          onClose()
        },
      },
    )
  return (
    <NameDialog
      title="Add a customer"
      label="Name"
      initial=""
      act="Add the customer"
      busy={create.isPending}
      error={create.error}
      onClose={onClose}
      onSave={save}
    />
  )
}

export function RenameCustomerDialog({ customer, onClose }: { customer: CustomerDto; onClose: () => void }) {
  const edit = useMutation(customerMutations.edit())
  const save = (name: string): void => edit.mutate({ id: customer.id, etag: customer.etag, name }, { onSuccess: onClose })
  return (
    <NameDialog
      title={`Rename ${customer.name}`}
      label="Name"
      initial={customer.name}
      act="Save the name"
      busy={edit.isPending}
      error={edit.error}
      onClose={onClose}
      onSave={save}
    />
  )
}

export function RemoveCustomerDialog({ customer, onClose }: { customer: CustomerDto; onClose: () => void }) {
  const remove = useMutation(customerMutations.remove())
  const run = (): void =>
    remove.mutate(
      { id: customer.id, etag: customer.etag },
      {
        onSuccess: () => {
          toast.good(`${customer.name} is removed.`)
          onClose()
        },
      },
    )
  return (
    <RemoveDialog
      what="customer"
      name={customer.name}
      effect="Its name stays in the audit."
      busy={remove.isPending}
      error={remove.error}
      onClose={onClose}
      onRemove={run}
    />
  )
}
