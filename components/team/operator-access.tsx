'use client'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { ConfirmDialog } from '@/components/settings/confirm-dialog'
import { ActRow, Part } from '@/components/settings/part'
import { Button } from '@/components/ui/button'
import { toast } from '@/components/ui/toast'
import { plural } from '@/lib/format/numbers'
import { operatorMutations } from '@/lib/queries/operators'
import type { OperatorDto } from '@/lib/team/input'
import { reasonNotToEnd } from './reasons'

/** Ending the access of an operator: for now, or for good. */
export function OperatorAccess({ operator }: { operator: OperatorDto }) {
  const [act, setAct] = useState<'disable' | 'remove' | null>(null)
  const reason = reasonNotToEnd(operator)
  const disabled = operator.state === 'disabled'
  const close = (): void => setAct(null)
  return (
    <Part id="access" title="Access" about={reason}>
      <div className="max-w-3xl">
        <ActRow
          title={disabled ? 'Enable' : 'Disable'}
          effect={
            disabled
              ? 'They can sign in again with their password and second factor. Tokens stay revoked.'
              : 'Their sessions end within a second and their tokens at once; what they scheduled does not run. Roles and name are kept.'
          }
        >
          <Button variant={disabled ? 'secondary' : 'danger'} disabledReason={reason} onClick={() => setAct('disable')}>
            {disabled ? 'Enable this operator' : 'Disable this operator'}
          </Button>
        </ActRow>
        <ActRow title="Remove" effect="The same, and roles, second factor and tokens are deleted. The audit keeps what they did, with their name.">
          <Button variant="danger" disabledReason={reason} onClick={() => setAct('remove')}>
            Remove this operator
          </Button>
        </ActRow>
      </div>
      {act === 'disable' && <DisableDialog operator={operator} onClose={close} />}
      {act === 'remove' && <RemoveDialog operator={operator} onClose={close} />}
    </Part>
  )
}

type DialogProps = { operator: OperatorDto; onClose: () => void }
const tokensToo = ({ tokenCount }: OperatorDto): string =>
  tokenCount === 0
    ? ''
    : ` ${plural(tokenCount, 'token')} of theirs ${tokenCount === 1 ? 'stops' : 'stop'} working, for good: look first what uses ${tokenCount === 1 ? 'it' : 'them'}.`

function DisableDialog({ operator, onClose }: DialogProps) {
  const { mutate, isPending, error } = useMutation(operatorMutations.disable())
  const disabling = operator.state !== 'disabled'
  const send = (): void =>
    mutate(
      { id: operator.id, etag: operator.etag, disabled: disabling },
      {
        onSuccess: () => {
          toast.good(disabling ? `${operator.name} is disabled.` : `${operator.name} is enabled.`)
          onClose()
        },
      },
    )
  return disabling ? (
    <ConfirmDialog
      title={`Disable ${operator.name}?`}
      effect={`They are signed out and cannot sign in until someone enables them.${tokensToo(operator)}`}
      safe="Leave them enabled"
      act="Disable this operator"
      danger
      busy={isPending}
      error={error}
      onClose={onClose}
      onAct={send}
    />
  ) : (
    <ConfirmDialog
      title={`Enable ${operator.name}?`}
      effect="They can sign in again and have the roles shown on this page."
      safe="Leave them disabled"
      act="Enable this operator"
      busy={isPending}
      error={error}
      onClose={onClose}
      onAct={send}
    />
  )
}

function RemoveDialog({ operator, onClose }: DialogProps) {
  const router = useRouter()
  const { mutateAsync, isPending, error } = useMutation(operatorMutations.remove())
  // A promise, because the page around it may be gone before the call's own callbacks would run.
  const remove = async (confirmEmail: string): Promise<void> => {
    const gone = await mutateAsync({ id: operator.id, etag: operator.etag, confirmEmail }).catch(() => null)
    if (gone === null) return
    toast.good(`${operator.name} is removed.`)
    router.push('/settings/operators')
  }
  return (
    <ConfirmDialog
      title={`Remove ${operator.name}?`}
      effect={`This cannot be undone.${tokensToo(operator)}`}
      safe="Keep them"
      act="Remove this operator"
      danger
      typed={operator.email}
      busy={isPending}
      error={error}
      onClose={onClose}
      onAct={(typed) => void remove(typed)}
    />
  )
}
