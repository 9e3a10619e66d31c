// Browser-safe: the form and the route parse with the same schema.
import { z } from 'zod'
import { family } from '@/lib/adapters/model'
import { where } from '@/lib/lists/where'
import { FIREWALL_SORTS } from './words'

export const firewallName = z.string().trim().min(1, 'Give it a name.').max(80, 'At most 80 characters.')
const secretText = z.string().min(1, 'This field is empty.').max(1024, 'At most 1,024 characters.')
const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'The SHA-256 of the certificate: 64 lower-case hex digits.')
export const tag = z.string().trim().min(1, 'A tag cannot be empty.').max(40, 'At most 40 characters.').regex(/^[^,\s]+$/, 'A tag has no blanks and no commas.')
export const timeZone = z.string().max(64).refine(isTimeZone, 'Not a time zone of the IANA list, for example Europe/Berlin.')

function isTimeZone(text: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: text })
    return /^[A-Za-z]/.test(text)
  } catch {
    return false
  }
}

/** What a person types or pastes as the address; the server normalises it and says what is wrong. */
export const baseUrl = z.string().trim().min(1, 'Enter the web address of the firewall.').max(300, 'At most 300 characters.')

export const credential = z.discriminatedUnion('method', [
  z.strictObject({ method: z.literal('key-secret'), key: secretText, secret: secretText }),
  z.strictObject({ method: z.literal('basic'), username: secretText, password: secretText }),
  z.strictObject({ method: z.literal('jwt'), username: secretText, password: secretText }),
  z.strictObject({ method: z.literal('token'), clientId: secretText, clientToken: secretText }),
  z.strictObject({ method: z.literal('api-key'), key: secretText }),
])
export type CredentialInput = z.infer<typeof credential>

/** `plain-http` is accepted only for an http:// address, after a person confirmed that the credential travels in clear. */
export const trust = z.discriminatedUnion('mode', [
  z.strictObject({ mode: z.literal('public-ca') }),
  z.strictObject({ mode: z.literal('pin'), sha256 }),
  z.strictObject({ mode: z.literal('plain-http'), confirmed: z.literal(true, 'Confirm that the credential travels in clear.') }),
])
export type TrustInput = z.infer<typeof trust>

export const probeInput = z.strictObject({ baseUrl })
export const testInput = z.strictObject({ family, baseUrl, trust, credential })
export const createFirewallInput = z.strictObject({
  name: firewallName,
  customerId: z.uuid(),
  siteId: z.uuid().nullish(),
  family,
  baseUrl,
  credential,
  trust,
  tags: z.array(tag).max(30, 'At most 30 tags.').default([]),
  timeZone: timeZone.default('UTC'),
  haPeerId: z.uuid().nullish(),
})
export type CreateFirewallInput = z.infer<typeof createFirewallInput>

export const firewallId = z.strictObject({ id: z.uuid() })
/** A change of `baseUrl` clears credential and trust. */
export const editFirewallInput = z.strictObject({
  id: z.uuid(),
  name: firewallName.optional(),
  customerId: z.uuid().optional(),
  siteId: z.uuid().nullable().optional(),
  baseUrl: baseUrl.optional(),
  tags: z.array(tag).max(30, 'At most 30 tags.').optional(),
  timeZone: timeZone.optional(),
  haPeerId: z.uuid().nullable().optional(),
})
export const editCredentialInput = z.strictObject({ id: z.uuid(), credential })
/** `clearsCredential` must be true unless the certificate was renewed with the same key. */
export const editTrustInput = z.strictObject({ id: z.uuid(), trust })
export const editCommandsInput = z.strictObject({ id: z.uuid(), allowed: z.boolean() })
export const editUpdateWayInput = z.strictObject({ id: z.uuid(), byEndpoint: z.boolean() })
export const pauseInput = z.strictObject({ id: z.uuid(), paused: z.boolean(), reason: z.string().trim().max(200).default('') })
/** The name typed by the person, as a guard against removing the wrong one. */
export const removeFirewallInput = z.strictObject({ id: z.uuid(), confirmName: z.string().max(80) })

const flag = z.enum(['true', 'false']).transform((text) => text === 'true')
export const readInput = z.strictObject({
  id: z.uuid(),
  fresh: flag.default(false),
  limit: z.coerce.number().int().min(1).max(100_000).optional(),
  cursor: z.string().max(200).optional(),
})
export const rawInput = z.strictObject({ id: z.uuid(), read: z.string().max(80).optional() })
export const changelogInput = z.strictObject({ id: z.uuid(), version: z.string().regex(/^[0-9A-Za-z._-]{1,40}$/, 'Not a version.') })

export const listFirewallsInput = z.strictObject({
  where,
  search: z.string().trim().max(200).optional(),
  customerId: z.uuid().optional(),
  siteId: z.uuid().optional(),
  family: family.optional(),
  state: z.string().max(300).optional().describe('comma list of states'),
  firmware: z.string().max(300).optional().describe('comma list of firmware states'),
  tag: z.string().max(40).optional(),
  sort: z.string().refine((text) => FIREWALL_SORTS.some((sort) => text === sort || text === `-${sort}`), `One of ${FIREWALL_SORTS.join(', ')}; a leading - turns it round.`).default('state'),
  limit: z.coerce.number().int().min(1).max(500).default(100),
  cursor: z.string().max(1_200).optional(),
})
export type ListFirewallsInput = z.infer<typeof listFirewallsInput>
export const countFirewallsInput = listFirewallsInput.omit({ sort: true, limit: true, cursor: true })
export type CountFirewallsInput = z.infer<typeof countFirewallsInput>
