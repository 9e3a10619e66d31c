// Operators of the shared installation, for what a journey needs to be there before it begins.
import { request, type APIRequestContext } from '@playwright/test'
import { z } from 'zod'
import { call } from './api'
import { shared } from './shared'
import { signInByRequest } from './sign-in'

type Grant = { role: 'viewer' | 'operator' | 'admin' | 'owner'; customerId: string | null }
export type Person = { id: string; name: string; email: string; password: string }

const made = z.object({ operator: z.object({ id: z.string() }), link: z.string() })
const listed = z.object({ items: z.array(z.object({ id: z.string(), email: z.string(), etag: z.string() })) })
const tokenIn = (link: string): string => new URL(link).hash.slice(1)

async function expectDone(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<unknown> {
  const { status, text, json } = await call(method, path, body, headers)
  if (status >= 400) throw new Error(`${method} ${path} answered ${status}: ${text.slice(0, 2000)}`)
  return json
}

/** A test file that begins anew after a failure removes what it made before. */
async function removeEarlier(email: string): Promise<void> {
  const { items } = listed.parse(await expectDone('GET', `/operators?search=${encodeURIComponent(email)}`))
  for (const { id, etag } of items) await expectDone('DELETE', `/operators/${id}`, { confirmEmail: email }, { 'if-match': etag })
}

/** Invites someone; the link is in the answer alone. */
export async function invite(name: string, grants: Grant[]): Promise<{ person: Person; link: string }> {
  const email = `${name.toLowerCase().replaceAll(' ', '.')}@nordwall.example`
  await removeEarlier(email)
  const { operator, link } = made.parse(await expectDone('POST', '/operators', { email, name, grants }))
  return { person: { id: operator.id, name, email, password: `Kelp ferry ${name} lantern quay` }, link }
}

/** Follows a link as the page does. */
export async function followLink(link: string, { name, password }: Person): Promise<void> {
  const { url } = shared()
  const reply = await fetch(`${url}/api/v1/join`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ token: tokenIn(link), name, password }),
  })
  if (!reply.ok) throw new Error(`The link of ${name} was answered with ${reply.status}: ${await reply.text()}`)
}

/** Invites someone who joins at once. */
export async function join(name: string, grants: Grant[]): Promise<Person> {
  const { person, link } = await invite(name, grants)
  await followLink(link, person)
  return person
}

/** A signed-in browser without pages; its `storageState` opens pages. */
export async function browserOf(person: { email: string; password: string }): Promise<APIRequestContext> {
  const { url } = shared()
  const browser = await request.newContext({ baseURL: url, extraHTTPHeaders: { origin: url } })
  await signInByRequest(browser, person)
  return browser
}
