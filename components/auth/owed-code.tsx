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
        You are signing in as <strong className="font-semibold break-words text-text">{email}</strong>.
      </p>
      {/* A full load: nothing of a session that owed something stays. */}
      <ProofForm proof="code" act="Sign in" onProven={() => window.location.assign(nextPath(next))}>
        <SignOutButton />
      </ProofForm>
    </PlainPage>
  )
}
