'use client'
import { useMutation } from '@tanstack/react-query'
import { useEffect } from 'react'
import { PlainPage } from '@/components/layout/plain-page'
import { ButtonLink } from '@/components/ui/button-link'
import { ProblemNotice } from '@/components/ui/problem'
import { formatDateTime } from '@/lib/format/dates'
import { ApiError } from '@/lib/queries/client'
import { joinMutations } from '@/lib/queries/join'
import { JoinForm } from './join-form'

/** The secret part of the link. It leaves the address bar at once, and with it the history of the browser. */
function takeToken(): string {
  const token = window.location.hash.slice(1)
  window.history.replaceState(null, '', window.location.pathname)
  return token
}

/** Behind an invitation or a password link: what it is for, then the form. */
export function JoinPage() {
  const { mutate, data: link, error, variables } = useMutation(joinMutations.look())
  useEffect(() => {
    const look = (): void => mutate({ token: takeToken() })
    // Another link opened in the same tab changes the fragment alone. Taking the token away says nothing here.
    window.addEventListener('hashchange', look)
    look()
    return () => window.removeEventListener('hashchange', look)
  }, [mutate])

  if (link && variables) {
    return (
      <PlainPage title={link.purpose === 'join' ? 'Join Palisade' : 'Set a new password'}>
        <p className="text-text-2">
          {link.purpose === 'join' ? 'You were invited as ' : 'A new password for '}
          <strong className="font-semibold break-words text-text">{link.email}</strong>. This link works once, until {formatDateTime(link.expiresAt)}.
        </p>
        <JoinForm key={variables.token} token={variables.token} link={link} />
      </PlainPage>
    )
  }
  if (error === null) {
    return (
      <PlainPage title="Looking at the link">
        <p role="status" className="animate-appear text-text-2">
          One moment.
        </p>
      </PlainPage>
    )
  }
  return <NoLink error={error} retry={() => variables && mutate(variables)} />
}

const toSignIn = (
  <div>
    <ButtonLink href="/signin">Go to the sign-in</ButtonLink>
  </div>
)

function NoLink({ error, retry }: { error: Error; retry: () => void }) {
  const code = error instanceof ApiError ? error.code : null
  if (code === 'invalid-input') {
    return (
      <PlainPage title="The link is not complete">
        <p className="text-text-2">Open the whole link, or copy all of it into the address bar.</p>
        {toSignIn}
      </PlainPage>
    )
  }
  if (code === 'link-ended') {
    return (
      <PlainPage title="This link has ended">
        <p className="text-text-2">It was used, replaced by a newer one, or is too old. Ask who sent it for a new one; if you have joined already, sign in.</p>
        {toSignIn}
      </PlainPage>
    )
  }
  return (
    <PlainPage title="The link could not be looked at">
      <ProblemNotice error={error} retry={retry} />
    </PlainPage>
  )
}
