'use client'
import { KeyRound, PackageX, ShieldAlert } from 'lucide-react'
import { usePathname } from 'next/navigation'
import { ButtonLink } from '@/components/ui/button-link'
import { Notice } from '@/components/ui/notice'
import type { FirewallState } from '@/lib/firewalls/states'
import { useFirewall } from '../firewall-context'
import { CredentialNotice } from './credential-notice'

const STANDING: readonly FirewallState[] = ['certificate-changed', 'credential-rejected', 'credential-missing', 'api-package-missing']

/** Whether the pages themselves say what a refused call would only repeat. */
export const saysWhyItStands = (state: FirewallState): boolean => STANDING.includes(state)

/** Why Palisade stands still and what a person has to do. The overview shows the certificates themselves instead. */
export function StoppedNotice() {
  const { firewall } = useFirewall()
  const path = usePathname()
  const at = `/firewalls/${firewall.id}`
  switch (firewall.state) {
    case 'certificate-changed':
      if (path === at) return null
      return (
        <Notice
          tone="you"
          icon={ShieldAlert}
          title="Another certificate than the pinned one. All calls are stopped."
          actions={
            <ButtonLink href={at} size="sm">
              Compare the certificates
            </ButtonLink>
          }
        >
          What you see here was stored before.
        </Notice>
      )
    case 'credential-rejected':
    case 'credential-missing':
      return <CredentialNotice icon={KeyRound} rejected={firewall.state === 'credential-rejected'} />
    case 'api-package-missing':
      return (
        <Notice
          tone="you"
          icon={PackageX}
          title="The API package is gone, as it is after a system update."
          actions={
            path !== `${at}/package` && (
              <ButtonLink href={`${at}/package`} size="sm">
                Show the command
              </ButtonLink>
            )
          }
        >
          Someone has to reinstall it at the firewall. Palisade asks again at each visit, knows the firewall by its certificate, and goes on by itself.
        </Notice>
      )
    default:
      return null
  }
}
