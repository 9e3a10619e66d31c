import { redirect } from 'next/navigation'
import { nextPath } from '@/components/auth/next-path'
import { OwedCode } from '@/components/auth/owed-code'
import { OwedEnrolment } from '@/components/auth/owed-enrolment'
import { pageActor } from '@/lib/http/page-session'

export const metadata = { title: 'Second factor' }

type Search = Promise<Record<string, string | string[] | undefined>>

export default async function SecondFactorPage({ searchParams }: { searchParams: Search }) {
  const { next } = await searchParams
  const after = typeof next === 'string' ? next : null
  const actor = await pageActor()
  if (actor === null) redirect(`/signin?next=${encodeURIComponent(nextPath(after))}`)
  switch (actor.proof.owes) {
    case 'code':
      return <OwedCode email={actor.email} next={after} />
    case 'enrol':
      return <OwedEnrolment next={after} />
    case null:
      redirect(nextPath(after))
  }
}
