'use client'
import { useState } from 'react'
import { RecoveryCodes } from '@/components/auth/recovery-codes'
import { ScanFactor } from '@/components/auth/scan-factor'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { toast } from '@/components/ui/toast'
import type { NewSecondFactorDto } from '@/lib/account/input'

type FactorDialogProps = { draft: NewSecondFactorDto; replaces: boolean; onAnother: () => void; onClose: () => void }

/** A new authenticator: the picture and its first code, then the recovery codes. */
export function FactorDialog({ draft, replaces, onAnother, onClose }: FactorDialogProps) {
  const [codes, setCodes] = useState<readonly string[] | null>(null)
  // What was there before the first code came decides the words, whatever the page has read anew since.
  const [replaced] = useState(replaces)
  const finish = (): void => {
    toast.good(replaced ? 'Your second factor is replaced.' : 'Your second factor is on.')
    onClose()
  }
  if (codes !== null) return <RecoveryCodesDialog codes={codes} onClose={finish} />
  return (
    <Dialog
      open
      onOpenChange={(stays) => !stays && onClose()}
      title={replaced ? 'Replace your second factor' : 'Set up a second factor'}
      description={
        replaced ? 'The old one works until the first code of the new one is right. Your other sessions end then.' : 'Your other sessions end when it is on.'
      }
    >
      <ScanFactor key={draft.secret} draft={draft} onMade={setCodes} onAnother={onAnother}>
        <Button onClick={onClose}>{replaced ? 'Keep the old one' : 'Not now'}</Button>
      </ScanFactor>
    </Dialog>
  )
}

/** Shown once, so neither Esc nor a click beside it closes it. */
export function RecoveryCodesDialog({ codes, onClose }: { codes: readonly string[]; onClose: () => void }) {
  return (
    <Dialog open onOpenChange={() => undefined} title="Keep these recovery codes">
      <RecoveryCodes codes={codes} act="Done" onKept={onClose} />
    </Dialog>
  )
}
