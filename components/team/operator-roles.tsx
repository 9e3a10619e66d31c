'use client'
import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { ConfirmDialog } from '@/components/settings/confirm-dialog'
import { Part } from '@/components/settings/part'
import { Button } from '@/components/ui/button'
import { ProblemNotice } from '@/components/ui/problem'
import { toast } from '@/components/ui/toast'
import type { MeDto } from '@/lib/auth/input'
import { ApiError } from '@/lib/queries/client'
import { operatorMutations } from '@/lib/queries/operators'
import { useCustomerNames } from './use-customer-names'
import type { GrantInput, OperatorDto } from '@/lib/team/input'
import { grantChanges, grantWords, inOrder, ROLE_MEANS, type Grant } from './grant-words'
import { grantsOf, rowsOf } from './role-draft'
import { RoleRows } from './role-rows'

const rolesText = (operator: OperatorDto): string => JSON.stringify(inOrder(operator.grants))

/** The roles that this person sees, as a form; what changes is shown before it is saved. */
export function OperatorRoles({ me, operator }: { me: MeDto; operator: OperatorDto }) {
  const [filledFrom, setFilledFrom] = useState(operator)
  const [rows, setRows] = useState(() => rowsOf(inOrder(operator.grants)))
  const [wrong, setWrong] = useState<string | null>(null)
  const [asked, setAsked] = useState<GrantInput[] | null>(null)
  const names = useCustomerNames(operator.grants)
  const { mutate, isPending, error, reset } = useMutation(operatorMutations.edit())
  const fill = (from: OperatorDto): void => {
    setFilledFrom(from)
    setRows(rowsOf(inOrder(from.grants)))
    setWrong(null)
  }
  const named = (grants: readonly GrantInput[]): Grant[] =>
    grants.map((grant) => ({ ...grant, customerName: grant.customerId === null ? null : (names.get(grant.customerId) ?? null) }))
  const result = grantsOf(rows)
  const changes = 'grants' in result ? grantChanges(filledFrom.grants, named(result.grants)) : null
  const unchanged = changes !== null && changes.taken.length + changes.given.length === 0
  const stale = error instanceof ApiError && error.code === 'stale'
  const elsewhere = rolesText(operator) !== rolesText(filledFrom)

  const ask = (event: FormEvent): void => {
    event.preventDefault()
    if ('wrong' in result) return setWrong(result.wrong)
    reset()
    if (!unchanged) setAsked(result.grants)
  }
  const save = (grants: GrantInput[]): void =>
    mutate(
      // Changes of anything else do not make the form stale.
      { id: operator.id, etag: elsewhere ? filledFrom.etag : operator.etag, grants },
      {
        onSuccess: (saved) => {
          fill(saved)
          toast.good(`The roles of ${saved.name} are changed.`)
        },
        onSettled: () => setAsked(null),
      },
    )
  return (
    <Part id="roles" title="Roles" about="A role holds for all customers, or for one. Where several hold, the highest counts.">
      <form noValidate onSubmit={ask} className="flex max-w-xl flex-col gap-4">
        <RoleRows
          me={me}
          rows={rows}
          names={names}
          legendHidden
          error={wrong}
          onChange={(next) => {
            setRows(next)
            setWrong(null)
          }}
        />
        {operator.isLastOwner && <p className="text-xs text-text-3">This is the last owner. Someone else has to be an owner before this one gets less.</p>}
        <ProblemNotice error={error} />
        <div className="flex flex-wrap items-center gap-2">
          <Button type="submit" variant="primary" disabledReason={unchanged ? 'Nothing is changed yet.' : null} reasonShown="beside">
            Change the roles
          </Button>
          {!unchanged && !stale && <Button onClick={() => fill(operator)}>Undo</Button>}
          {stale && (
            <Button
              onClick={() => {
                fill(operator)
                reset()
              }}
            >
              Show what is stored now
            </Button>
          )}
        </div>
      </form>
      {asked && changes && (
        <ConfirmDialog
          title={`Change the roles of ${operator.name}?`}
          effect={`It holds from ${operator.isYou ? 'your' : 'their'} next request on, also for ${operator.isYou ? 'your' : 'their'} tokens and for what they scheduled.`}
          safe="Leave them as they are"
          act="Change the roles"
          danger={operator.isYou}
          busy={isPending}
          error={null}
          onClose={() => setAsked(null)}
          onAct={() => save(asked)}
        >
          <Changes taken={changes.taken} given={changes.given} />
          {operator.isYou && <p className="font-medium text-bad">You change your own roles. What you take from yourself only others can give back.</p>}
        </ConfirmDialog>
      )}
    </Part>
  )
}

function Changes({ taken, given }: { taken: readonly Grant[]; given: readonly Grant[] }) {
  return (
    <ul className="flex flex-col gap-1 rounded-md border border-line bg-sunken px-3 py-2">
      {taken.map((grant) => (
        <li key={`taken ${grantWords(grant)}`} className="text-text-2">
          <span aria-hidden className="mr-2 font-mono">
            −
          </span>
          <span className="sr-only">Takes away: </span>
          <span className="line-through">{grantWords(grant)}</span>
        </li>
      ))}
      {given.map((grant) => (
        <li key={`given ${grantWords(grant)}`}>
          <span aria-hidden className="mr-2 font-mono">
            +
          </span>
          <span className="sr-only">Gives: </span>
          <span className="font-medium">{grantWords(grant)}</span>
          <span className="block pl-5 text-xs text-text-3">{ROLE_MEANS[grant.role]}</span>
        </li>
      ))}
    </ul>
  )
}
