'use client'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { PlainPage } from '@/components/layout/plain-page'
import { Button } from '@/components/ui/button'
import { ProblemNotice } from '@/components/ui/problem'
import { accountMutations } from '@/lib/queries/account'
import { nextPath } from './next-path'
import { RecoveryCodes } from './recovery-codes'
import { ScanFactor } from './scan-factor'
import { SignOutButton } from './sign-out-button'

/** This installation asks for a second factor, and there is none yet: why, the secret with its first code, the recovery codes. */
export function OwedEnrolment({ next }: { next: string | null }) {
  const [codes, setCodes] = useState<readonly string[] | null>(null)
  const begin = useMutation(accountMutations.newSecondFactor())

  if (codes !== null) {
    return (
      <PlainPage title="Keep these recovery codes" step="3 of 3">
        {/* A full load: nothing of a session that owed something stays. */}
        <RecoveryCodes codes={codes} act="Go on to Palisade" onKept={() => window.location.assign(nextPath(next))} />
      </PlainPage>
    )
  }
  if (begin.data !== undefined) {
    return (
      <PlainPage title="Add Palisade to your authenticator" step="2 of 3">
        <ScanFactor key={begin.data.secret} draft={begin.data} onMade={setCodes} onAnother={() => begin.mutate()}>
          <SignOutButton />
        </ScanFactor>
      </PlainPage>
    )
  }
  return (
    <PlainPage title="Set up a second factor" step="1 of 3">
      <p className="text-text-2">
        This installation asks for a second factor: besides your password, a code that an app on your phone shows. Whoever learns your password then still
        cannot reach a firewall.
      </p>
      <p className="text-text-2">You need an authenticator app on your phone, or a password manager that shows such codes, and two minutes.</p>
      <ProblemNotice error={begin.error} />
      <div className="flex flex-wrap items-center justify-end gap-2">
        <SignOutButton />
        <Button variant="primary" busy={begin.isPending} onClick={() => begin.mutate()}>
          Begin
        </Button>
      </div>
    </PlainPage>
  )
}
