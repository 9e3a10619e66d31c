// Browser-safe: the form and the routes parse with the same schema.
import { z } from 'zod'
import { timeZone } from '@/lib/firewalls/input'
import { SEVERITIES } from '@/lib/notices/kinds'
import { DIGESTS } from './words'
import { CHANNEL_STATES, DELIVERY_STATE_NAMES } from './states'

/** Of one customer, and of the installation. */
export const CHANNELS_OF_ONE_MAX = 20

const name = z.string().trim().min(1, 'Give it a name.').max(60, 'At most 60 characters.')
/** No control characters: nothing that is entered can begin a header of its own. */
const line = (max: number) => z.string().trim().max(max, `At most ${max} characters.`).regex(/^[^\p{Cc}]*$/u, 'In one line, without control characters.')
const mailAddress = z.email('Not an e-mail address.').max(200, 'At most 200 characters.')
const webAddress = z
  .url({ protocol: /^https?$/, error: 'Enter a web address that begins with https://.' })
  .max(2_000, 'At most 2,000 characters.')
  .refine((text) => !URL.canParse(text) || (new URL(text).username === '' && new URL(text).password === ''), 'Without a user name or a password in the address.')
const httpsAddress = webAddress.refine((text) => text.startsWith('https://'), 'The address begins with https://.')
const secret = z.string().min(1).max(1_000, 'At most 1,000 characters.').regex(/^[^\p{Cc}]*$/u, 'In one line, without control characters.')

const host = line(253).regex(/^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$|^[0-9a-f:]+$/i, 'A name or an address, such as mail.example.com.')
/** Of what is entered: one that no address can be made of, such as `1.2.3.456`, is told beside the field. */
const enteredHost = host.refine((text) => URL.canParse(`http://${text.includes(':') ? `[${text}]` : text}`), 'A name or an address, such as mail.example.com.')
export const mailTrust = z.discriminatedUnion('mode', [z.strictObject({ mode: z.literal('public-ca') }), z.strictObject({ mode: z.literal('pin'), sha256: z.string().regex(/^[0-9a-f]{64}$/, 'SHA-256 in lower-case hex.') })])
const security = z.enum(['starttls', 'tls', 'none'])

const email = {
  kind: z.literal('email'),
  host,
  port: z.number().int().min(1, 'From 1 to 65535.').max(65_535, 'From 1 to 65535.'),
  security,
  trust: mailTrust,
  user: line(200).default(''),
  from: mailAddress,
  to: z.array(mailAddress).min(1, 'Enter at least one address.').max(50, 'At most 50 addresses.'),
}
const ntfy = { kind: z.literal('ntfy'), server: webAddress, topic: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, 'Letters, digits, - and _, at most 64.') }
const webhook = { kind: z.literal('webhook'), url: webAddress }

/** Where notices go, with the secrets that the kind has; they are never shown again. Left out, the stored one stays. */
export const targetInput = z.discriminatedUnion('kind', [
  z.strictObject({ ...email, host: enteredHost, password: secret.optional() }),
  z.strictObject(webhook),
  z.strictObject({ kind: z.literal('slack'), url: httpsAddress.optional() }),
  z.strictObject({ kind: z.literal('teams'), url: httpsAddress.optional() }),
  z.strictObject({ ...ntfy, token: secret.nullable().optional() }),
])
export type TargetInput = z.output<typeof targetInput>

/** The same as it is stored and shown. The address of Slack and Teams is a secret; its origin is not. */
export const storedTarget = z.discriminatedUnion('kind', [z.object(email), z.object(webhook), z.object({ kind: z.literal('slack'), origin: z.string() }), z.object({ kind: z.literal('teams'), origin: z.string() }), z.object(ntfy)])
export type StoredTarget = z.output<typeof storedTarget>

const wanted = {
  name,
  target: targetInput,
  severities: z.array(z.enum(SEVERITIES)).min(1, 'Choose at least one.').max(SEVERITIES.length),
  /** Of a channel of the installation: these customers alone; none = all of them. */
  customerIds: z.array(z.uuid()).max(500, 'At most 500 customers.'),
  digest: z.enum(DIGESTS),
  /** Of a daily digest, which goes out at 08:00. */
  timeZone,
  /** Invitations and links for a new password go out through it. */
  forInvitations: z.boolean(),
  /** Whether it may reach private addresses, as those of firewalls; only who manages channels of all customers may say so. */
  privateAllowed: z.boolean(),
  enabled: z.boolean(),
}
export const createChannelInput = z.strictObject({
  ...wanted,
  customerId: z.uuid().nullable(),
  severities: wanted.severities.default([...SEVERITIES]),
  customerIds: wanted.customerIds.default([]),
  digest: wanted.digest.default('at-once'),
  timeZone: timeZone.default('UTC'),
  forInvitations: z.boolean().default(false),
  privateAllowed: z.boolean().default(false),
  enabled: z.boolean().default(true),
})
export type CreateChannel = z.output<typeof createChannelInput>
export const editChannelInput = z.strictObject({ ...wanted, id: z.uuid() }).partial().required({ id: true })
export type EditChannel = z.output<typeof editChannelInput>
export const channelId = z.strictObject({ id: z.uuid() })
export const listChannelsInput = z.strictObject({ customerId: z.uuid().optional() })
export const mailServerInput = z.strictObject({ host: enteredHost, port: email.port, security: z.enum(['starttls', 'tls']), privateAllowed: z.boolean().default(false) })

const instant = z.string().nullable()
export const channelDto = z.object({
  id: z.uuid(),
  name: z.string(),
  customer: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  target: storedTarget,
  /** Whether a password, token, key or address is stored; it is never shown. */
  hasSecret: z.boolean(),
  severities: z.array(z.enum(SEVERITIES)),
  customerIds: z.array(z.uuid()),
  digest: z.enum(DIGESTS),
  timeZone: z.string(),
  forInvitations: z.boolean(),
  privateAllowed: z.boolean(),
  enabled: z.boolean(),
  state: z.enum(CHANNEL_STATES),
  /** What waits for its turn. */
  waiting: z.number(),
  /** Why the last try failed, and when the next is. */
  lastError: z.string().nullable(),
  failures: z.number(),
  heldUntil: instant,
  lastDeliveryAt: instant,
  etag: z.string(),
})
export type ChannelDto = z.infer<typeof channelDto>
/** `signingSecret`: of a webhook, in this answer alone; null for every other. */
export const savedChannelDto = z.object({ channel: channelDto, signingSecret: z.string().nullable() })
export type SavedChannelDto = z.infer<typeof savedChannelDto>

export const tryDto = z.object({ delivered: z.boolean(), answer: z.string() })
export const mailCertificateDto = z.object({ sha256: z.string(), subject: z.string(), issuer: z.string(), validFrom: z.string(), validTo: z.string(), selfSigned: z.boolean(), publiclyTrusted: z.boolean() })
export type MailCertificateDto = z.infer<typeof mailCertificateDto>

export const listDeliveriesInput = z.strictObject({ id: z.uuid(), state: z.enum(DELIVERY_STATE_NAMES).optional(), limit: z.coerce.number().int().min(1).max(200).default(50), cursor: z.string().max(400).optional() })
export const deliveryDto = z.object({
  id: z.uuid(),
  state: z.enum(DELIVERY_STATE_NAMES),
  headline: z.string(),
  severity: z.enum(SEVERITIES),
  attempts: z.number(),
  createdAt: z.string(),
  triedAt: instant,
  deliveredAt: instant,
  nextStepAt: z.string(),
  answer: z.string().nullable(),
  alertId: z.string().nullable(),
  firewallId: z.string().nullable(),
})
export type DeliveryDto = z.infer<typeof deliveryDto>
export const retryDeliveriesInput = z.strictObject({ id: z.uuid(), deliveryId: z.uuid().optional() })
export const retriedDto = z.object({ waiting: z.number() })
