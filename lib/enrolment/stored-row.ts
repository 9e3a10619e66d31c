import { z } from 'zod'
import { family } from '@/lib/adapters/model'

/** A row as it was understood, without its credential: the body of EnrolmentRow.input. What a file leaves empty is null. */
export const storedRow = z.strictObject({
  name: z.string(),
  siteId: z.uuid().nullable(),
  siteName: z.string().nullable(),
  siteTimeZone: z.string().nullable(),
  family: family.nullable(),
  origin: z.string(),
  method: z.string(),
  /** SHA-256 of the certificate that the file expects. */
  pin: z.string().nullable(),
  publicCa: z.boolean(),
  tags: z.array(z.string()),
  timeZone: z.string().nullable(),
  haPeer: z.string().nullable(),
  /** What a person compared and trusted; a null fingerprint is the clear text of an address without encryption. */
  trusted: z.strictObject({ sha256: z.string().nullable() }).nullable(),
  /** Tells the same credential again from another one, also after it is gone from here. */
  fingerprint: z.string(),
})
export type StoredRow = z.infer<typeof storedRow>

/** Names a row for its seal: a sealed credential is worthless in another file or line. */
export const rowIdOf = ({ fileId, line }: { fileId: string; line: number }): string => `${fileId} ${line}`
