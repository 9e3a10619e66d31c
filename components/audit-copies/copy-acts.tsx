'use client'
import { useMutation } from '@tanstack/react-query'
import { ConfirmDialog } from '@/components/settings/confirm-dialog'
import { Button } from '@/components/ui/button'
import { ProblemNotice } from '@/components/ui/problem'
import { toast } from '@/components/ui/toast'
import type { CopyDto } from '@/lib/audit-copies/input'
import { auditCopyMutations } from '@/lib/queries/audit-copies'

/** Pausing, going on and ending a copy; what was typed beside it is not saved. */
export function CopyActs({ copy, onRemove, onClose }: { copy: CopyDto; onRemove: () => void; onClose: () => void }) {
  const { mutate, isPending, error } = useMutation(auditCopyMutations.edit())
  const { id, etag, name, enabled } = copy
  const done = (): void => {
    toast.good(enabled ? `${name} is paused.` : `${name} goes on.`)
    onClose()
  }
  return (
    <div className="mt-4 flex flex-col gap-3 border-t border-line pt-4">
      <p className="text-text-2">
        {enabled ? 'Paused, it waits where it is until you let it go on.' : 'It is paused, and goes on where it was.'} Removed, what arrived stays there.
      </p>
      <ProblemNotice error={error} />
      <div className="flex flex-wrap gap-2">
        <Button busy={isPending} onClick={() => mutate({ id, etag, enabled: !enabled }, { onSuccess: done })}>
          {enabled ? 'Pause the copy' : 'Let it go on'}
        </Button>
        <Button variant="danger" onClick={onRemove}>
          Remove the copy
        </Button>
      </div>
    </div>
  )
}

export function RemoveCopyDialog({ copy: { id, etag, name }, onClose }: { copy: CopyDto; onClose: () => void }) {
  const { mutate, isPending, error } = useMutation(auditCopyMutations.remove())
  const done = (): void => {
    toast.good(`${name} is removed.`)
    onClose()
  }
  return (
    <ConfirmDialog
      title={`Remove ${name}?`}
      effect="Nothing more goes there. What arrived stays where it is."
      safe="Keep it"
      act="Remove the copy"
      danger
      busy={isPending}
      error={error}
      onClose={onClose}
      onAct={() => mutate({ id, etag }, { onSuccess: done })}
    />
  )
}
