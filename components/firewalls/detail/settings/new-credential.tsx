'use client'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ProblemNotice } from '@/components/ui/problem'
import { SkeletonRows } from '@/components/ui/skeleton'
import { toast } from '@/components/ui/toast'
import { familyQueries } from '@/lib/queries/families'
import type { CredentialInput } from '@/lib/firewalls/input'
import { firewallMutations } from '@/lib/queries/firewalls'
import { CredentialForm } from '@/components/firewalls/enrol/credential-form'
import { reasonNoTries, triesOfError } from '@/components/firewalls/enrol/tries-left'
import { useFirewall } from '../firewall-context'
import { reasonWithout } from '../permissions'

/** Tests a credential at the firewall and seals it in place of the old one; a refused one changes nothing. */
export function NewCredential({ onSaved }: { onSaved?: () => void }) {
  const { firewall, role } = useFirewall()
  const families = useQuery(familyQueries.list())
  const { mutateAsync, isPending, error } = useMutation(firewallMutations.editCredential())
  // A new form after each save: nothing typed stays in the page.
  const [saves, setSaves] = useState(0)
  const family = families.data?.find((each) => each.family === firewall.family)
  if (families.error) return <ProblemNotice error={families.error} retry={() => void families.refetch()} />
  if (!family) return <SkeletonRows rows={4} columns={1} />
  const tries = triesOfError(error) ?? firewall
  const stopped = firewall.state === 'certificate-changed' ? 'Decide about the certificate first.' : null
  // A promise, because the notice around this form may be gone before the call's own callbacks would run.
  const save = async (credential: CredentialInput): Promise<void> => {
    const saved = await mutateAsync({ id: firewall.id, etag: firewall.etag, credential }).catch(() => null)
    if (saved === null) return
    setSaves((count) => count + 1)
    toast.good(`The new credential of ${saved.name} works and is sealed.`)
    onSaved?.()
  }
  return (
    <CredentialForm
      key={saves}
      methods={family.credentialMethods}
      submit="Test and seal this credential"
      busy={isPending}
      disabledReason={reasonWithout(role, 'firewall:manage') ?? stopped ?? reasonNoTries(tries)}
      onSubmit={({ input }) => void save(input)}
    >
      <ProblemNotice error={error} />
    </CredentialForm>
  )
}
