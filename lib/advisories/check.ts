// Reads a file of advisories. Pure: the validator, the pages and the tests take the same way.
import { z } from 'zod'
import { advisoriesFrame, advisory, FILE_BYTES_MAX, type Advisory } from './format'

/** An entry that is not used: its place in the file, from 1, and why as a sentence. */
export type Refused = { at: number; id: string | null; reason: string }
/** `problem`: why nothing of the file is used; null = it was read. */
export type CheckedFile = { advisories: Advisory[]; refused: Refused[]; problem: string | null }

const nothing = (problem: string): CheckedFile => ({ advisories: [], refused: [], problem })
const named = z.object({ id: z.string().max(80) })

function sentence({ path, message }: z.core.$ZodIssue): string {
  const field = path.map((part) => (typeof part === 'number' ? `[${part + 1}]` : String(part))).join('.')
  return field === '' ? message : `"${field}": ${message}`
}

/** Entries that are not understood, have no source address or repeat an id are refused one by one. */
export function checkAdvisories(text: string): CheckedFile {
  if (Buffer.byteLength(text) > FILE_BYTES_MAX) return nothing(`The file is larger than ${FILE_BYTES_MAX / 1024 / 1024} MiB.`)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    return nothing(`The file is not JSON: ${error instanceof Error ? error.message.slice(0, 200) : 'it cannot be read'}.`)
  }
  const frame = advisoriesFrame.safeParse(value)
  if (!frame.success) return nothing(frame.error.issues.slice(0, 3).map(sentence).join(' '))
  const advisories: Advisory[] = []
  const refused: Refused[] = []
  const seen = new Set<string>()
  for (const [index, entry] of frame.data.advisories.entries()) {
    const parsed = advisory.safeParse(entry)
    const id = named.safeParse(entry).data?.id ?? null
    if (!parsed.success) refused.push({ at: index + 1, id, reason: parsed.error.issues.slice(0, 3).map(sentence).join(' ') })
    else if (seen.has(parsed.data.id)) refused.push({ at: index + 1, id, reason: 'An entry before it has the same id.' })
    else advisories.push(parsed.data)
    if (parsed.success) seen.add(parsed.data.id)
  }
  return { advisories, refused, problem: null }
}
