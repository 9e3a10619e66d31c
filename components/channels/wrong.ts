import type { z } from 'zod'
import type { Wrong } from './draft'

/** What a schema found, by the name of the field as the server gives it; of several the first. `to.0` belongs to the list. */
export function wrongOf(parsed: z.ZodSafeParseResult<unknown>): Wrong {
  const issues = parsed.error?.issues ?? []
  return Object.fromEntries(issues.map(({ path, message }) => [path.filter((part) => typeof part === 'string').join('.'), message] as const).reverse())
}
