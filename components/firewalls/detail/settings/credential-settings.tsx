'use client'
import { useState } from 'react'
import { Age } from '@/components/ui/age'
import { Button } from '@/components/ui/button'
import { Facts } from '@/components/ui/facts'
import { FeatureTable } from '@/components/firewalls/enrol/feature-table'
import { MissingNotice } from '@/components/firewalls/enrol/test-step'
import { TriesLeft } from '@/components/firewalls/enrol/tries-left'
import { useFirewall } from '../firewall-context'
import { reasonWithout } from '../permissions'
import { NewCredential } from './new-credential'

/** Which kind is stored, what it may do as of its test, and a new one in its place. */
export function CredentialSettings() {
  const { firewall, role } = useFirewall()
  const [entering, setEntering] = useState(false)
  const { credential, lastTest } = firewall
  const count = (result: 'missing' | 'failed'): number => lastTest?.features.filter((feature) => feature.result === result).length ?? 0
  return (
    <div className="flex flex-col gap-4">
      <Facts
        items={[
          [
            'Kind',
            credential === null ? (
              <span key="none" className="text-you">
                none is stored
              </span>
            ) : (
              credential.methodLabel
            ),
          ],
          ['Stored', <Age key="stored" at={credential?.storedAt ?? null} zone={firewall.timeZone} className="text-inherit" />],
          ['Tested', <Age key="tested" at={credential?.testedAt ?? null} zone={firewall.timeZone} className="text-inherit" />],
        ]}
      />
      {entering ? (
        <NewCredential onSaved={() => setEntering(false)} />
      ) : (
        <div className="flex flex-wrap items-center gap-3">
          <Button disabledReason={reasonWithout(role, 'firewall:manage')} onClick={() => setEntering(true)}>
            {credential === null ? 'Enter a credential' : 'Replace the credential'}
          </Button>
          <TriesLeft triesLeft={firewall.triesLeft} retryAt={firewall.retryAt} />
        </div>
      )}
      {lastTest && (
        <details>
          <summary className="w-fit text-act">What it may do, as of its test</summary>
          <div className="flex flex-col gap-3 pt-3">
            <MissingNotice missing={count('missing')} failed={count('failed')} />
            <FeatureTable features={lastTest.features} />
          </div>
        </details>
      )}
    </div>
  )
}
