'use client'
import { useMutation } from '@tanstack/react-query'
import { ConfirmDialog } from '@/components/settings/confirm-dialog'
import { toast } from '@/components/ui/toast'
import { tokenMutations } from '@/lib/queries/tokens'
import type { TokenDto } from '@/lib/tokens/input'

/** For good, so it is confirmed; without a proof, because stopping is always easy. */
export function RevokeTokenDialog({ token, onClose }: { token: TokenDto; onClose: () => void }) {
  const { mutate, isPending, error } = useMutation(tokenMutations.revoke())
  const done = (): void => {
    toast.good(`The token ${token.name} is revoked.`)
    onClose()
  }
  return (
    <ConfirmDialog
      title={`Revoke ${token.name}?`}
      effect="Whatever uses this token is refused from now on. It cannot be brought back; a new one can be made."
      safe="Keep it"
      act="Revoke the token"
      danger
      busy={isPending}
      error={error}
      onClose={onClose}
      onAct={() => mutate({ id: token.id }, { onSuccess: done })}
    />
  )
}
