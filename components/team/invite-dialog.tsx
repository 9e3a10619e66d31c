'use client'
import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field, TextInput } from '@/components/ui/field'
import { ProblemNotice } from '@/components/ui/problem'
import type { MeDto } from '@/lib/auth/input'
import { ApiError } from '@/lib/queries/client'
import { operatorMutations } from '@/lib/queries/operators'
import { useMe } from '@/lib/queries/use-me'
import { inviteOperatorInput, type NewLinkDto } from '@/lib/team/input'
import { grantsOf, newRow } from './role-draft'
import { RoleRows } from './role-rows'
import { ShownLink } from './shown-link'

const NO_NAMES: ReadonlyMap<string, string> = new Map()

/** Asks who and for what; then shows the link, once. Mounted anew each time it opens. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const me = useMe()
  const [made, setMade] = useState<NewLinkDto | null>(null)
  if (!me) return null
  return made === null ? (
    <Dialog
      open
      onOpenChange={(stays) => !stays && onClose()}
      title="Invite an operator"
      description="You get a link to hand over; it is e-mailed too where a channel is set up for that. They choose their own password with it."
    >
      <InviteForm me={me} onClose={onClose} onMade={setMade} />
    </Dialog>
  ) : (
    <Dialog
      open
      onOpenChange={(stays) => !stays && onClose()}
      title={`${made.operator.name} is invited`}
      description={`With this link ${made.operator.email} joins.`}
      footer={<Button onClick={onClose}>Done</Button>}
    >
      <ShownLink made={made} />
    </Dialog>
  )
}

function InviteForm({ me, onClose, onMade }: { me: MeDto; onClose: () => void; onMade: (made: NewLinkDto) => void }) {
  const [key] = useState(() => crypto.randomUUID())
  const [email, setEmail] = useState('')
  const [name, setName] = useState('')
  const [rows, setRows] = useState(() => [newRow(me, [])])
  const [wrong, setWrong] = useState<Record<string, string>>({})
  const { mutate, isPending, error, reset } = useMutation(operatorMutations.invite(key))
  const refused = (field: string): string | undefined => (error instanceof ApiError ? error.issueOf(field) : undefined)
  const touch = (): void => {
    setWrong({})
    if (error !== null) reset()
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (isPending) return
    const roles = grantsOf(rows)
    const parsed = inviteOperatorInput.safeParse({ email: email.trim(), name, grants: 'grants' in roles ? roles.grants : [] })
    const problems = Object.fromEntries((parsed.error?.issues ?? []).map(({ path, message }) => [String(path[0]), message]))
    setWrong('wrong' in roles ? { ...problems, grants: roles.wrong } : problems)
    if (parsed.success && 'grants' in roles) mutate(parsed.data, { onSuccess: onMade })
  }
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-4">
      <Field label="E-mail address" help="They sign in with it." error={wrong['email'] ?? refused('email')}>
        {(id, describedBy, invalid) => (
          <TextInput
            id={id}
            aria-describedby={describedBy}
            invalid={invalid}
            type="email"
            autoComplete="off"
            value={email}
            onChange={(event) => {
              setEmail(event.target.value)
              touch()
            }}
          />
        )}
      </Field>
      <Field label="Name" help="As it stands in the audit. They can change it." error={wrong['name'] ?? refused('name')}>
        {(id, describedBy, invalid) => (
          <TextInput
            id={id}
            aria-describedby={describedBy}
            invalid={invalid}
            autoComplete="off"
            value={name}
            onChange={(event) => {
              setName(event.target.value)
              touch()
            }}
          />
        )}
      </Field>
      <RoleRows
        me={me}
        rows={rows}
        names={NO_NAMES}
        error={wrong['grants'] ?? refused('grants') ?? null}
        onChange={(next) => {
          setRows(next)
          touch()
        }}
      />
      {refused('email') === undefined && refused('name') === undefined && <ProblemNotice error={error} />}
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="primary" busy={isPending}>
          Make the invitation
        </Button>
      </div>
    </form>
  )
}
