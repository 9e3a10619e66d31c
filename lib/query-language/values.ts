import { err, ok, type Result } from '@/lib/core/result'
import type { Filter } from './condition'
import type { Field } from './fields'
import { patternOf } from './formats'

const NUMBER = /^(-?)0*(\d{1,15})(\.\d{1,6})?$/
const INSTANT = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2})(:\d{2})?(?:\.\d{1,9})?(Z|[+-]\d{2}:\d{2})?)?$/
const ADDRESS = new RegExp(patternOf('ip'))

/** A number in the only spelling that JSON has for it; null for anything else, or for more than 15 and 6 digits. */
function readNumber(text: string): string | null {
  const [, sign, whole, fraction = ''] = NUMBER.exec(text) ?? []
  return whole === undefined ? null : `${sign}${whole}${fraction}`
}

/** A time in UTC, to the second; what has no zone is UTC. */
function readInstant(text: string): string | null {
  const [, day, minute = '00:00', second = ':00', zone = 'Z'] = INSTANT.exec(text) ?? []
  const milliseconds = day === undefined ? Number.NaN : Date.parse(`${day}T${minute}${second}${zone}`)
  if (Number.isNaN(milliseconds)) return null
  const written = new Date(milliseconds).toISOString()
  return written.length === 24 ? `${written.slice(0, 19)}Z` : null
}

const orSay = (value: string | null, sentence: string): Result<string, string> => (value === null ? err(sentence) : ok(value))

/** The value of a condition in the spelling that the database compares, or a sentence that says what is expected. */
export function readValue(field: Field, filter: Filter, text: string): Result<string, string> {
  if (field.type === 'boolean') return text === 'true' || text === 'false' ? ok(text) : err('Compare it with true or false.')
  if (field.type === 'number') return orSay(readNumber(text), 'Compare it with a number, for example 443.')
  if (field.type === 'instant') return orSay(readInstant(text), 'Compare it with a time, for example 2026-11-24T10:00:00Z.')
  if (filter !== 'lt' && filter !== 'lte' && filter !== 'gt' && filter !== 'gte') return ok(text)
  if (field.type === 'address') return ADDRESS.test(text) ? ok(text) : err(`${filter} compares addresses here, for example 10.0.0.1.`)
  return orSay(readNumber(text), `${filter} compares numbers, for example 443.`)
}
