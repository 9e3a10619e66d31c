// Browser-safe: the page, the route and the reader of files speak of the same columns and bounds.
import { z } from 'zod'
import { family } from '@/lib/adapters/model'
import { baseUrl, credential, firewallName } from '@/lib/firewalls/input'
import { ROW_STATES } from './states'

export const FILE_BYTES_MAX = 2 * 1024 * 1024
export const FILE_ROWS_MAX = 5_000
/** Lines that one act of a person can name: each has an audit entry of its own. */
export const ACT_LINES_MAX = 200

type ColumnSpec = { name: string; needed: boolean; secret?: true; help: string }
/** The columns of a file, in the order of the template. Any order works, and what a firewall does not need stays empty. */
export const FILE_COLUMNS = [
  { name: 'name', needed: true, help: 'As your people call it; once for each customer.' },
  { name: 'customer', needed: true, help: 'The name of a customer that exists.' },
  { name: 'site', needed: false, help: 'The name of a site of this customer.' },
  { name: 'family', needed: false, help: 'Left empty it is found without a credential.' },
  { name: 'url', needed: true, help: 'The web address of the firewall.' },
  { name: 'method', needed: false, help: 'How to sign in; left empty it follows from the columns that are filled.' },
  { name: 'key', needed: false, secret: true, help: 'For key-secret.' },
  { name: 'secret', needed: false, secret: true, help: 'For key-secret.' },
  { name: 'username', needed: false, secret: true, help: 'For basic and jwt.' },
  { name: 'password', needed: false, secret: true, help: 'For basic and jwt.' },
  { name: 'client_id', needed: false, secret: true, help: 'For token.' },
  { name: 'client_token', needed: false, secret: true, help: 'For token.' },
  { name: 'api_key', needed: false, secret: true, help: 'For api-key.' },
  { name: 'trust', needed: false, help: 'public-ca, where a chain that verifies publicly is enough.' },
  { name: 'sha256', needed: false, help: 'SHA-256 of the certificate, if you know it; else you compare it here.' },
  { name: 'tags', needed: false, help: 'Divided by blanks.' },
  { name: 'time_zone', needed: false, help: 'Of the IANA list; else that of the site.' },
  { name: 'ha_peer', needed: false, help: 'The name of the other firewall of a pair.' },
] as const satisfies readonly ColumnSpec[]
export type FileColumn = (typeof FILE_COLUMNS)[number]['name']

/** The bytes of the file in Base64, so that its encoding is judged in one place; 2 MiB become 2.7 MB. */
const file = { fileName: z.string().trim().min(1, 'The file has no name.').max(200), fileBase64: z.string().min(1, 'The file is empty.').max(Math.ceil(FILE_BYTES_MAX / 3) * 4 + 4, 'The file is larger than 2 MiB. Divide it.') }
/** Room for the Base64 and the names around it. */
export const FILE_BODY_BYTES_MAX = Math.ceil(FILE_BYTES_MAX / 3) * 4 + 4_096

export const enrolmentFileInput = z.strictObject(file)
export const enrolmentId = z.strictObject({ id: z.uuid() })
export const listEnrolmentsInput = z.strictObject({ limit: z.coerce.number().int().min(1).max(100).default(20) })

export const listRowsInput = z.strictObject({
  id: z.uuid(),
  state: z.enum(ROW_STATES).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
  cursor: z.string().max(200).optional(),
})

const line = z.number().int().min(2).max(1_000_000)
const lines = z.array(line).min(1, 'Name at least one line.').max(ACT_LINES_MAX, 'At most 200 lines at once.')
const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'The SHA-256 of the certificate: 64 lower-case hex digits.')
/** Each row with the fingerprint that the person compared; null for an address without encryption, whose clear text is confirmed with it. */
export const trustRowsInput = z.strictObject({ id: z.uuid(), rows: z.array(z.strictObject({ line, sha256: sha256.nullable() })).min(1, 'Name at least one line.').max(ACT_LINES_MAX, 'At most 200 lines at once.') })
export const rowLinesInput = z.strictObject({ id: z.uuid(), lines })
/** A new address needs a new credential: the old one was entered for another machine. */
export const editRowInput = z.strictObject({
  id: z.uuid(),
  line,
  name: firewallName.optional(),
  family: family.nullable().optional(),
  baseUrl: baseUrl.optional(),
  credential: credential.optional(),
})
