'use client'
import type { LucideIcon } from 'lucide-react'
import { usePathname } from 'next/navigation'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { TriesLeft } from '@/components/firewalls/enrol/tries-left'
import { useFirewall } from '../firewall-context'
import { reasonWithout } from '../permissions'
import { NewCredential } from '../settings/new-credential'

/** A rejected or missing credential is replaced where it is noticed. On the settings page the form is there already. */
export function CredentialNotice({ rejected, icon }: { rejected: boolean; icon: LucideIcon }) {
  const { firewall, role } = useFirewall()
  const [entering, setEntering] = useState(false)
  const onSettings = usePathname().endsWith('/settings')
  return (
    <Notice
      tone="you"
      icon={icon}
      title={
        rejected
          ? 'The firewall rejected the credential. All calls are stopped, so that it does not lock Palisade out.'
          : 'There is no credential. Enter one to go on.'
      }
      actions={
        entering || onSettings ? (
          <TriesLeft triesLeft={firewall.triesLeft} retryAt={firewall.retryAt} />
        ) : (
          <>
            <Button size="sm" disabledReason={reasonWithout(role, 'firewall:manage')} onClick={() => setEntering(true)}>
              Enter a new credential
            </Button>
            <TriesLeft triesLeft={firewall.triesLeft} retryAt={firewall.retryAt} />
          </>
        )
      }
    >
      {rejected ? 'It may have been deleted, disabled or changed at the firewall.' : 'It is cleared when the address or the trust changes.'}
      {entering && !onSettings && (
        <div className="mt-3 text-text">
          <NewCredential onSaved={() => setEntering(false)} />
        </div>
      )}
    </Notice>
  )
}
