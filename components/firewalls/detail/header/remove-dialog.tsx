'use client'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field, TextInput } from '@/components/ui/field'
import { ProblemNotice } from '@/components/ui/problem'
import { toast } from '@/components/ui/toast'
import { firewallMutations } from '@/lib/queries/firewalls'
import { useFirewall } from '../firewall-context'

/** The name has to be typed, so that nobody removes the wrong one. */
export function RemoveDialog({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const { firewall } = useFirewall()
  const router = useRouter()
  const [name, setName] = useState('')
  const { mutateAsync, isPending, error, reset } = useMutation(firewallMutations.remove())
  const change = (isOpen: boolean): void => {
    if (!isOpen) {
      reset()
      setName('')
    }
    onOpenChange(isOpen)
  }
  // A promise, because the page around it may be gone before the call's own callbacks would run.
  const remove = async (): Promise<void> => {
    const gone = await mutateAsync({ id: firewall.id, etag: firewall.etag, confirmName: name }).then(
      () => true,
      () => false,
    )
    if (!gone) return
    toast.good(`${firewall.name} was removed from Palisade.`)
    router.push('/firewalls')
  }
  return (
    <Dialog
      open={open}
      onOpenChange={change}
      title={`Remove ${firewall.name} from Palisade`}
      description="Its sealed credential and everything that was read from it are deleted. The audit stays. Nothing changes on the firewall itself; delete the key there."
      footer={
        <>
          <Button onClick={() => change(false)}>Keep it</Button>
          <Button variant="danger" busy={isPending} disabledReason={name === firewall.name ? null : 'Type the name first.'} onClick={() => void remove()}>
            Remove this firewall
          </Button>
        </>
      }
    >
      <Field
        label={
          <>
            Type <strong className="font-mono text-text">{firewall.name}</strong> to go on
          </>
        }
      >
        {(id) => <TextInput id={id} value={name} autoComplete="off" onChange={(event) => setName(event.target.value)} />}
      </Field>
      <ProblemNotice error={error} />
    </Dialog>
  )
}
