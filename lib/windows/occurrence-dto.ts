import type { z } from 'zod'
import type { occurrenceDto } from './dto'
import type { Occurrence } from './occurrences'

/** The same with its times as ISO 8601 text. */
export const toOccurrence = ({ opensAt, startsUntil, endsAt, ...rest }: Occurrence): z.infer<typeof occurrenceDto> => ({ ...rest, opensAt: opensAt.toISOString(), startsUntil: startsUntil.toISOString(), endsAt: endsAt.toISOString() })
