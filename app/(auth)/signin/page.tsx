import { redirect } from 'next/navigation'
import { nextPath } from '@/components/auth/next-path'
import { SignInForm } from '@/components/auth/sign-in-form'
import { PlainPage } from '@/components/layout/plain-page'
import { pageActor } from '@/lib/http/page-session'

export const metadata = { title: 'Sign in' }

type Search = Promise<Record<string, string | string[] | undefined>>

export default async function SignInPage({ searchParams }: { searchParams: Search }) {
  const { next } = await searchParams
  const after = typeof next === 'string' ? next : null
  if (await pageActor()) redirect(nextPath(after))
  return (
    <PlainPage title="Sign in">
      <SignInForm next={after} />
    </PlainPage>
  )
}
