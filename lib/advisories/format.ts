// The format of the file of advisories, which docs/advisories.md describes and security/advisories/schema.json states.
import { z } from 'zod'
import { family } from '@/lib/adapters/model'
import { formatCount } from '@/lib/format/numbers'
import { ADVISORIES_FORMAT, SEVERITIES } from './words'
import { compareNumbers, versionNumbers } from './versions'

export const FILE_BYTES_MAX = 4 * 1024 * 1024
export const ENTRIES_MAX = 10_000

const line = (max: number) => z.string().trim().min(1, 'This is empty.').max(max, `At most ${formatCount(max)} characters.`).regex(/^[^\p{Cc}\p{Cf}]*$/u, 'Control characters are not allowed.')
const version = z.string().max(40).refine((text) => versionNumbers(text) !== null, 'Not a version, for example "26.1.4" or "2.8.1".').describe('As the firewall spells it: "25.7.11_2", "2.8.1"')

const isEmptyRange = ({ from, before, through }: { from: string; before?: string | undefined; through?: string | undefined }): boolean => {
  const [low, end, last] = [from, before, through].map((text) => (text === undefined ? null : versionNumbers(text)))
  return !!low && ((!!end && compareNumbers(low, end) >= 0) || (!!last && compareNumbers(low, last) > 0))
}
const range = z
  .strictObject({ from: version.describe('The first affected version'), before: version.optional().describe('The first version that is not affected any more'), through: version.optional().describe('The last affected version, where that is known and the next is not') })
  .refine(({ before, through }) => (before === undefined) !== (through === undefined), 'A range ends with either "before" or "through".')
  .refine((each) => !isEmptyRange(each), 'This range is empty: it ends before it begins.')

/** `source` is required: what nobody can look up is not shown. */
export const advisory = z.strictObject({
  id: line(80).describe('As its publisher names it; once in the file'),
  families: z.array(family).min(1, 'Name at least one family.').max(3),
  affected: z.array(range).min(1, 'Name at least one range of versions.').max(50),
  fixedIn: z.array(version).max(20).describe('Versions that have it mended; empty while there is none'),
  severity: z.enum(SEVERITIES),
  title: line(300),
  source: z.url({ protocol: /^https$/, error: 'The address where it was published, beginning with https://, is required.' }).max(1_000).describe('Where it was published; required, https'),
  date: z.iso.date('The day it was published, as 2026-11-25.').describe('The day it was published, YYYY-MM-DD'),
})
export type Advisory = z.infer<typeof advisory>

/** The file as a whole. Entries are looked at one by one, so that one that is wrong costs only itself. */
export const advisoriesFile = z.strictObject({ $schema: z.string().max(1_000).optional(), format: z.literal(ADVISORIES_FORMAT), advisories: z.array(advisory).max(ENTRIES_MAX) })
export const advisoriesFrame = z.strictObject({ $schema: z.string().max(1_000).optional(), format: z.literal(ADVISORIES_FORMAT, `"format" has to be "${ADVISORIES_FORMAT}".`), advisories: z.array(z.unknown(), 'The file needs a list "advisories".').max(ENTRIES_MAX, `At most ${formatCount(ENTRIES_MAX)} advisories.`) })

/** What security/advisories/schema.json holds; editors check the file with it while it is written. */
export const advisoriesSchema = (): unknown => z.toJSONSchema(advisoriesFile, { target: 'draft-2020-12', io: 'input' })
