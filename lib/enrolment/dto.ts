// What the API tells about enrolment files. Browser-safe; no secret has a place in it.
import { z } from 'zod'
import { family } from '@/lib/adapters/model'
import { seenCertificate } from '@/lib/firewalls/dto'
import { ROW_STATES } from './states'

const instant = z.string().describe('ISO 8601, UTC')

/** One thing that is wrong in a file. `column` is null when it is about the line or the whole file. */
export const fileProblem = z.object({ line: z.number(), column: z.string().nullable(), message: z.string() })
export type FileProblem = z.infer<typeof fileProblem>

const place = { line: z.number(), name: z.string(), customer: z.string(), site: z.string().nullable(), family: family.nullable(), baseUrl: z.string(), method: z.string() }

/** What a file says, before anything of it is stored. `rows` is empty while there is a problem. */
export const filePreview = z.object({
  rowCount: z.number(),
  separator: z.enum(['comma', 'semicolon', 'tab']),
  encoding: z.enum(['UTF-8', 'UTF-16', 'Windows-1252']),
  /** The first hundred rows, without credentials. */
  rows: z.array(z.object({ ...place, trust: z.enum(['compare', 'pin', 'public-ca', 'plain-http']), tags: z.array(z.string()) })),
  /** The first two hundred problems. */
  problems: z.array(fileProblem),
  problemCount: z.number(),
})
export type FilePreview = z.infer<typeof filePreview>

export const enrolmentSummary = z.object({
  id: z.uuid(),
  fileName: z.string(),
  createdAt: instant,
  /** When the last row ended; null while rows are under way or wait for a person. */
  finishedAt: instant.nullable(),
  total: z.number(),
  counts: z.record(z.enum(ROW_STATES), z.number()),
})
export type EnrolmentSummary = z.infer<typeof enrolmentSummary>

export const enrolmentRow = z.object({
  ...place,
  state: z.enum(ROW_STATES),
  plainHttp: z.boolean(),
  /** What was seen at the address, to be compared there. */
  certificate: seenCertificate.nullable(),
  /** Whether a credential is still kept for it; without one only a new one helps. */
  credentialKept: z.boolean(),
  message: z.string().nullable(),
  nextStep: z.string().nullable(),
  firewallId: z.uuid().nullable(),
  changedAt: instant.nullable(),
})
export type EnrolmentRowDto = z.infer<typeof enrolmentRow>

/** How many rows an act reached; the others had gone on in the meantime. */
export const rowsChanged = z.object({ changed: z.number() })
