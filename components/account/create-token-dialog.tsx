'use client'
import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { ROLE_MEANS, ROLE_WORDS } from '@/components/team/grant-words'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field, SelectInput, TextInput } from '@/components/ui/field'
import { ProblemNotice } from '@/components/ui/problem'
import type { MeDto } from '@/lib/auth/input'
import { ROLES, type Role } from '@/lib/auth/roles'
import { ApiError } from '@/lib/queries/client'
import { tokenMutations } from '@/lib/queries/tokens'
import { useMe } from '@/lib/queries/use-me'
import { createTokenInput, type NewTokenDto } from '@/lib/tokens/input'
import { DaysField } from './days-field'
import { NewToken } from './new-token'
import { mostOf } from './token-role'
import { TokenCustomers } from './token-customers'

/** What it is for and how far it reaches; then the token itself, once. Mounted anew each time it opens. */
export function CreateTokenDialog({ onClose }: { onClose: () => void }) {
  const me = useMe()
  const [made, setMade] = useState<NewTokenDto | null>(null)
  if (!me) return null
  if (made !== null) return <NewToken made={made} onClose={onClose} />
  return (
    <Dialog
      open
      onOpenChange={(stays) => !stays && onClose()}
      title="Make a token"
      description="A program with it acts in your name. Give it no more than it needs, and no longer."
    >
      <CreateForm me={me} onClose={onClose} onMade={setMade} />
    </Dialog>
  )
}

type Values = { name: string; role: Role; customerIds: readonly string[] | null; days: string }

function CreateForm({ me, onClose, onMade }: { me: MeDto; onClose: () => void; onMade: (made: NewTokenDto) => void }) {
  const [key] = useState(() => crypto.randomUUID())
  const [values, setValues] = useState<Values>({ name: '', role: 'viewer', customerIds: null, days: '90' })
  const [wrong, setWrong] = useState<Record<string, string>>({})
  const { mutate, isPending, error, reset } = useMutation(tokenMutations.create(key))
  const issues = error instanceof ApiError ? error.issues : []
  // The server names the customer by its place in the list.
  const issueOf = (field: string): string | undefined => wrong[field] ?? issues.find((issue) => issue.field.split('.')[0] === field)?.message
  const set = (part: Partial<Values>): void => {
    setValues({ ...values, ...part })
    setWrong({})
    if (error !== null) reset()
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (isPending) return
    const parsed = createTokenInput.safeParse({ ...values, days: values.days.trim() === '' ? undefined : Number(values.days) })
    setWrong(
      Object.fromEntries(
        (parsed.error?.issues ?? []).map(({ path, message }) => [String(path[0]), path[0] === 'days' ? 'Whole days, from 1 to 3,650.' : message]),
      ),
    )
    if (parsed.success) mutate(parsed.data, { onSuccess: onMade })
  }
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-4">
      <Field label="Name" help="What it is for, such as “monitoring”." error={issueOf('name')}>
        {(id, describedBy, invalid) => (
          <TextInput
            id={id}
            aria-describedby={describedBy}
            invalid={invalid}
            autoComplete="off"
            value={values.name}
            onChange={(event) => set({ name: event.target.value })}
            autoFocus
          />
        )}
      </Field>
      <TokenCustomers value={values.customerIds} onChange={(customerIds) => set({ customerIds })} error={issueOf('customerIds')} />
      <RoleField me={me} values={values} error={issueOf('role')} onChange={(role) => set({ role })} />
      <DaysField value={values.days} onChange={(days) => set({ days })} error={issueOf('days')} />
      {issues.length === 0 && <ProblemNotice error={error} />}
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="primary" busy={isPending}>
          Make the token
        </Button>
      </div>
    </form>
  )
}

function RoleField({ me, values, error, onChange }: { me: MeDto; values: Values; error: string | undefined; onChange: (role: Role) => void }) {
  const most = mostOf(me, values.customerIds)
  return (
    <Field label="Role" help={ROLE_MEANS[values.role]} error={error}>
      {(id, describedBy, invalid) => (
        <SelectInput
          id={id}
          aria-describedby={describedBy}
          invalid={invalid}
          value={values.role}
          onChange={(event) => {
            const role = ROLES.find((each) => each === event.target.value)
            if (role) onChange(role)
          }}
        >
          {ROLES.map((role) => {
            const more = ROLES.indexOf(role) > ROLES.indexOf(most)
            return (
              <option key={role} value={role} disabled={more}>
                {more ? `${ROLE_WORDS[role]} (more than you have there)` : ROLE_WORDS[role]}
              </option>
            )
          })}
        </SelectInput>
      )}
    </Field>
  )
}
