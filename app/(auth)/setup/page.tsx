import { SetUpForm } from '@/components/auth/set-up-form'
import { PlainPage } from '@/components/layout/plain-page'
import { ButtonLink } from '@/components/ui/button-link'

export const metadata = { title: 'Set up' }

type Search = Promise<Record<string, string | string[] | undefined>>

export default async function SetUpPage({ searchParams }: { searchParams: Search }) {
  const { token } = await searchParams
  if (typeof token !== 'string' || token === '') {
    return (
      <PlainPage title="The set-up link is not complete">
        <p className="text-text-2">
          Open the whole link that Palisade printed when it started. It works once and for 30 minutes; starting Palisade again prints a new one while no owner
          exists.
        </p>
        <div>
          <ButtonLink href="/signin">Go to the sign-in</ButtonLink>
        </div>
      </PlainPage>
    )
  }
  return (
    <PlainPage title="Create the owner">
      <p className="text-text-2">The owner manages this installation: operators, customers and firewalls.</p>
      <SetUpForm token={token} />
    </PlainPage>
  )
}
