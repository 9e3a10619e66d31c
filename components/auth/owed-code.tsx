'use client'
import { PlainPage } from '@/components/layout/plain-page'
import { nextPath } from './next-path'
import { ProofForm } from './proof-form'
import { SignOutButton } from './sign-out-button'

/** The password was right; the code of the second factor is still to come. */
export function OwedCode({ email, next }: { email: string; next: string | null }) {
  return (
    <PlainPage title="Enter your code">
      <p className="text-text-2">
        Your password was right, <span className="break-words text-text">{email}</span>. Now the second factor.
      </p>
      {/* A full load: nothing of a session that owed something stays. */}
      <ProofForm proof="code" act="Sign in" onProven={() => window.location.assign(nextPath(next))}>
        <SignOutButton />
      </ProofForm>
    </PlainPage>
  )
}
