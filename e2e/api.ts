// The HTTP API with the owner's bearer token, for what a journey needs to be there before it begins.
import { expect } from '@playwright/test'
import { z } from 'zod'
import type { FakeFirewall } from './fleet-client'
import { shared } from './shared'

export type ApiReply = { status: number; headers: Headers; text: string; json: unknown }

/** Any call; never throws for a refusal. */
export async function call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<ApiReply> {
  const { url, token } = shared()
  const response = await fetch(`${url}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  const isJson = (response.headers.get('content-type') ?? '').includes('json')
  return { status: response.status, headers: response.headers, text, json: isJson ? JSON.parse(text) : null }
}

async function done(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<unknown> {
  const { status, text, json } = await call(method, path, body, headers)
  if (status >= 400) throw new Error(`${method} ${path} answered ${status}: ${text.slice(0, 2000)}`)
  return json
}

const created = z.object({ id: z.string() })
const etagged = z.object({ etag: z.string() })
const METHOD = { opnsense: 'key-secret', 'pfsense-v1': 'basic', 'pfsense-v2': 'api-key' } as const

/** A test file that begins anew after a failure gets what it made before. */
const once = (...names: string[]) => ({ 'idempotency-key': encodeURIComponent(names.join(' ')) })

/** Far from now in every zone that tests use, so that no nightly check or backup comes between, whenever they run. */
function farHours(): { from: string; to: string } {
  const at = (hours: number) => `${String((new Date().getUTCHours() + hours) % 24).padStart(2, '0')}:00`
  return { from: at(11), to: at(13) }
}

/** Its firewalls look for updates and are backed up only when a test says so; `asUsual` leaves them as they are for everyone. */
export async function createCustomer(name: string, { asUsual = false } = {}): Promise<string> {
  const { id } = created.parse(await done('POST', '/customers', { name }, once('customer', name)))
  if (asUsual) return id
  const { etag } = etagged.parse(await done('GET', `/customers/${id}/intervals`))
  await done('PUT', `/customers/${id}/intervals`, { quietHours: farHours() }, { 'if-match': etag })
  return id
}
export const createSite = async (customerId: string, name: string): Promise<string> =>
  created.parse(await done('POST', '/sites', { customerId, name, timeZone: 'Europe/Oslo' }, once('site', customerId, name))).id

const listed = z.object({ items: z.array(z.object({ id: z.string(), name: z.string() })) })

/** What a test file enrolled before it failed and began anew; it points to a simulated firewall that is gone. */
async function removeEarlier(name: string, customerId: string): Promise<void> {
  const { items } = listed.parse(await done('GET', `/firewalls?customerId=${customerId}`))
  const earlier = items.find((item) => item.name === name)
  if (earlier === undefined) return
  const { etag } = etagged.parse(await done('GET', `/firewalls/${earlier.id}`))
  await done('DELETE', `/firewalls/${earlier.id}`, { confirmName: name }, { 'if-match': etag })
}

/** Enrols with the family's usual method; returns the id. */
export async function enrol(firewall: FakeFirewall, customerId: string, more: Record<string, unknown> = {}): Promise<string> {
  const method = METHOD[firewall.family]
  const name = typeof more['name'] === 'string' ? more['name'] : firewall.name
  await removeEarlier(name, customerId)
  const body = {
    name: firewall.name,
    customerId,
    family: firewall.family,
    baseUrl: firewall.url,
    trust: { mode: 'pin', sha256: firewall.sha256 },
    credential: { ...firewall.credential(method), method },
    ...more,
  }
  return created.parse(await done('POST', '/firewalls', body)).id
}

/** Reads everything from the firewall now; parts that fail do not throw. */
export const refresh = async (id: string): Promise<void> => void (await done('POST', `/firewalls/${id}/refresh`, {}))

const stated = z.object({ state: z.string() })

/** Asks until the firewall is known as this: a visit of the worker that began before may still bring an answer. */
export const askUntil = (id: string, state: string): Promise<void> =>
  expect
    .poll(async () => {
      await call('POST', `/firewalls/${id}/refresh`, {})
      return stated.parse(await done('GET', `/firewalls/${id}`)).state
    })
    .toBe(state)

export async function allowCommands(id: string): Promise<void> {
  const { etag } = etagged.parse(await done('GET', `/firewalls/${id}`))
  await done('PUT', `/firewalls/${id}/commands`, { allowed: true }, { 'if-match': etag })
}
