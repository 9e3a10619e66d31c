// Browser-safe: the form and the routes parse with the same schema.
import { z } from 'zod'
import { seenCertificate } from '@/lib/firewalls/dto'
import { COPY_STATES } from './states'

const name = z.string().trim().min(1, 'Give it a name.').max(80, 'At most 80 characters.')
const host = z
  .string()
  .trim()
  .max(253, 'At most 253 characters.')
  .regex(/^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$|^[0-9a-f:.]*:[0-9a-f:.]+$/i, 'A name or an address, such as logs.example.com or 10.0.0.5.')
const port = z.number('A port is a number from 1 to 65535.').int('A port is a whole number.').min(1, 'From 1 to 65535.').max(65_535, 'From 1 to 65535.')

/** `plain`: over TCP without TLS, where everybody on the way can read and change it. */
export const copySecurity = z.discriminatedUnion('mode', [
  z.strictObject({ mode: z.literal('pin'), sha256: z.string().regex(/^[0-9a-f]{64}$/, 'SHA-256 of the certificate, 64 hex digits in lower case.') }),
  z.strictObject({ mode: z.literal('public-ca') }),
  z.strictObject({ mode: z.literal('plain') }),
])
export type CopySecurity = z.infer<typeof copySecurity>
const syslog = z.strictObject({ kind: z.literal('syslog'), host, port, security: copySecurity })
export type SyslogTarget = z.infer<typeof syslog>
export const copyTarget = z.discriminatedUnion('kind', [syslog, z.strictObject({ kind: z.literal('file') })])
export type CopyTarget = z.infer<typeof copyTarget>

export const COPY_STARTS = ['now', 'first'] as const
export const createCopyInput = z.strictObject({
  name,
  target: copyTarget,
  start: z.enum(COPY_STARTS).default('now').describe('now: from the entry that says this copy was made; first: from the first entry that is kept'),
})
/** The kind of a copy stays what it is. */
export const editCopyInput = z.strictObject({ id: z.uuid(), name: name.optional(), target: copyTarget.optional(), enabled: z.boolean().optional() })
export const copyId = z.strictObject({ id: z.uuid() })
export const probeReceiverInput = z.strictObject({ host, port })
export const testReceiverInput = z.strictObject({ target: syslog })

export const receiverDto = z.object({ certificate: seenCertificate })
export type ReceiverDto = z.infer<typeof receiverDto>
export const testedReceiverDto = z.object({ arrived: z.literal(true), durationMs: z.number() })
export type TestedReceiverDto = z.infer<typeof testedReceiverDto>
export const copyDto = z.object({
  id: z.uuid(),
  name: z.string(),
  target: copyTarget,
  /** Where the files stand on each machine with a worker; null for a receiver. */
  folder: z.string().nullable(),
  enabled: z.boolean(),
  state: z.enum(COPY_STATES),
  /** The first entry that is wanted, and the last that arrived; 0 when none did. */
  firstEntry: z.number(),
  lastEntry: z.number(),
  /** Entries that are missing there, and the age of the oldest of them. */
  behind: z.number(),
  behindSeconds: z.number(),
  failures: z.number(),
  lastError: z.string().nullable(),
  nextTryAt: z.string().nullable(),
  lastCopyAt: z.string().nullable(),
  createdAt: z.string(),
  etag: z.string(),
})
export type CopyDto = z.infer<typeof copyDto>
