import 'server-only'
import type { z } from 'zod'
import { record } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { authoriseScope } from '@/lib/auth/authorise'
import { requireStepUp } from '@/lib/auth/step-up'
import { AppError } from '@/lib/core/errors'
import { createdBefore, createOnce, type CreateRequest } from '@/lib/db/create-once'
import { toJson } from '@/lib/db/json'
import type { Prisma } from '@/lib/db/generated/client'
import { toCredential } from '@/lib/firewalls/credential-values'
import { credentialFingerprint, sealRowCredential } from '@/lib/firewalls/vault'
import type { EnrolmentSummary, FilePreview, FileProblem } from './dto'
import type { enrolmentFileInput } from './input'
import { operatorOf, wakeFile } from './own-file'
import { parseFile, type ParsedFile } from './parse-file'
import { readEnrolment } from './read'
import type { FileRow } from './row-of-line'
import { rowIdOf, type StoredRow } from './stored-row'

type FileInput = z.output<typeof enrolmentFileInput>
const PREVIEW_ROWS = 100
const PREVIEW_PROBLEMS = 200
const ISSUES_MAX = 20
const INSERT_ROWS = 1_000
/** The largest file takes about two seconds; a busy machine gets more. */
const TAKE_MS = 60_000

const trustWord = ({ pin, publicCa, origin }: FileRow['input']) => (origin.startsWith('http://') ? 'plain-http' : pin !== null ? 'pin' : publicCa ? 'public-ca' : 'compare')

/** What a file says, with everything that is wrong in it. Nothing is stored, and no firewall is called. */
export async function previewFile(actor: Actor, { fileBase64 }: FileInput): Promise<FilePreview> {
  authoriseScope(actor, 'firewall:manage')
  const { rowCount, separator, encoding, rows, problems } = await parseFile(actor, fileBase64)
  return {
    rowCount,
    separator,
    encoding,
    rows: problems.length > 0 ? [] : rows.slice(0, PREVIEW_ROWS).map(({ line, customer, input }) => ({ line, name: input.name, customer: customer.name, site: input.siteName, family: input.family, baseUrl: input.origin, method: input.method, trust: trustWord(input), tags: input.tags })),
    problems: problems.slice(0, PREVIEW_PROBLEMS),
    problemCount: problems.length,
  }
}

const issueOf = ({ line, column, message }: FileProblem) => ({ field: column === null ? `line ${line}` : `line ${line}, ${column}`, message })

function requireWhole({ problems }: ParsedFile): void {
  if (problems.length === 0) return
  throw new AppError('invalid-input', problems.length === 1 ? 'One line of this file cannot be used.' : `${problems.length} things in this file cannot be used.`, { issues: problems.slice(0, ISSUES_MAX).map(issueOf), nextStep: 'Correct them in the file and take it again. Nothing was stored.' })
}

/** Compared with what an earlier file or the firewall itself has; bound to the address, so that it tells nothing about others. */
export const fingerprintFor = (origin: string, credential: FileRow['credential']): Promise<string> => credentialFingerprint(toCredential(credential), `file ${origin}`)

async function sealed(fileId: string, { line, customer, input, credential }: FileRow): Promise<Prisma.EnrolmentRowCreateManyInput> {
  const stored: StoredRow = { ...input, fingerprint: await fingerprintFor(input.origin, credential) }
  return { fileId, line, customerId: customer.id, state: 'waiting', input: toJson(stored), credentialSealed: await sealRowCredential(credential, rowIdOf({ fileId, line }), input.origin) }
}

/** Takes a file whose every line can be used, with its credentials sealed; else takes nothing of it. Workers go on with its rows. */
export async function takeFile(actor: Actor, { fileName, fileBase64 }: FileInput, create: CreateRequest): Promise<EnrolmentSummary> {
  authoriseScope(actor, 'firewall:manage')
  const operatorId = operatorOf(actor)
  const load = (id: string) => readEnrolment(actor, { id })
  const again = await createdBefore(create, load)
  if (again !== null) return again
  const parsed = await parseFile(actor, fileBase64)
  requireWhole(parsed)
  requireStepUp(actor, 'firewall.credential')
  const now = new Date()
  const fileId = await createOnce(
    create,
    async (tx, id) => {
      await tx.enrolmentFile.create({ data: { id, operatorId, actor: { kind: actor.kind, id: actor.id, name: actor.name }, fileName, createdAt: now, nextStepAt: now } })
      const rows = await Promise.all(parsed.rows.map((row) => sealed(id, row)))
      for (let from = 0; from < rows.length; from += INSERT_ROWS) await tx.enrolmentRow.createMany({ data: rows.slice(from, from + INSERT_ROWS) })
      await record(tx, actor, { action: 'enrolment.take', target: { kind: 'enrolment', id, name: fileName }, details: { rows: rows.length } })
      return id
    },
    (id) => Promise.resolve(id),
    TAKE_MS,
  )
  await wakeFile(fileId)
  return load(fileId)
}
