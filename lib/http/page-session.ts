import 'server-only'
import { cookies, headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { cache } from 'react'
import type { OperatorActor } from '@/lib/auth/actor'
import { describeActor } from '@/lib/auth/me'
import type { MeDto } from '@/lib/auth/input'
import { sessionCookieName, sessionIdOf } from '@/lib/auth/session-cookie'
import { actorOfSession } from '@/lib/auth/sessions'
import { requestSource } from '@/lib/auth/request-source'

/** The operator of a page, once per request. */
export const pageActor = cache(async (): Promise<OperatorActor | null> => {
  const sessionId = await sessionIdOf((await cookies()).get(sessionCookieName())?.value)
  return sessionId === null ? null : actorOfSession(sessionId, requestSource(await headers()), new Date())
})

/** For every page behind sign-in: who looks at it, or off to the sign-in page, or to the second factor that is owed. */
export async function requireOperator(next = '/'): Promise<MeDto> {
  const actor = await pageActor()
  if (!actor) redirect(`/signin?next=${encodeURIComponent(next)}`)
  if (actor.proof.owes !== null) redirect(`/second-factor?next=${encodeURIComponent(next)}`)
  return describeActor(actor)
}
