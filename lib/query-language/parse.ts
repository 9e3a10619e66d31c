// Names and values of an address become conditions: `field=value`, `field__FILTER=value`. Browser-safe.
import { AppError } from '@/lib/core/errors'
import { FILTERS, FILTERS_OF, type Condition, type Filter, type Test } from './condition'
import { fieldsOf, type Field, type ListName } from './fields'
import { FORMATS } from './formats'
import { requireNarrow } from './narrow'
import { nearest } from './nearest'
import { regexLiterals } from './regex-literals'
import { readValue } from './values'

export const CONDITIONS_MAX = 20
export const VALUE_LETTERS_MAX = 256
export const NESTING_MAX = 5
const NAME_LETTERS_MAX = 120
/** PostgreSQL has no text with these, and no request that is well-formed. */
const NEVER_IN_TEXT = /\0|\p{Surrogate}/u

/** As it was asked, name and value. */
export type Pair = readonly [name: string, value: string]

const refusal = (name: string, message: string): AppError => {
  const field = name.length > NAME_LETTERS_MAX ? `${name.slice(0, NAME_LETTERS_MAX)}…` : name
  return new AppError('invalid-input', 'Some of this cannot be used.', { issues: [{ field, message }], nextStep: `Correct the field ${field}: ${message}` })
}

const filterNamed = (name: string): Filter | undefined => FILTERS.find((filter) => filter === name)
const didYouMean = (name: string, known: readonly string[]): string => {
  const meant = nearest(name, known)
  return meant === null ? '' : ` Did you mean ${meant}?`
}

/** Field and filter of a name. Throws invalid-input that says what there is instead. */
function readName(list: ListName, name: string): { field: Field; filter: Filter } {
  const fields = fieldsOf(list)
  const whole = fields.find((field) => field.name === name)
  if (whole) return { field: whole, filter: 'exact' }
  const parts = name.split('__')
  const last = parts.at(-1) ?? ''
  const filter = filterNamed(last)
  if (parts.length > NESTING_MAX + (filter ? 1 : 0)) throw refusal(name, `Nested over ${NESTING_MAX} deep.`)
  const before = parts.slice(0, -1).join('__')
  const field = fields.find((known) => known.name === before)
  if (field && filter) return { field, filter }
  if (field) throw refusal(name, `There is no filter ${last.slice(0, 40)}.${didYouMean(last, FILTERS)} ${field.name} takes ${FILTERS_OF[field.type].join(', ')}.`)
  const asked = filter ? before : name
  const names = fields.map((known) => known.name)
  const inside = names.filter((known) => known.startsWith(`${asked}__`))
  const hint = inside.length > 0 && asked !== '' ? ` Name what is in it: ${inside.join(', ')}.` : didYouMean(asked, names)
  throw refusal(name, `There is no field ${asked.slice(0, 60)}.${hint}`)
}

/** `words` that a part of a word fits; a closed list needs no search. */
const wordsWith = (field: Field, filter: 'startswith' | 'endswith' | 'contains', part: string) =>
  field.words.filter((word) => (filter === 'startswith' ? word.startsWith(part) : filter === 'endswith' ? word.endsWith(part) : word.includes(part)))

function readTest(name: string, field: Field, filter: Filter, text: string): Test {
  const value = (part: string): string => {
    const read = readValue(field, filter, part)
    if (!read.ok) throw refusal(name, read.error)
    return read.value
  }
  if (filter === 'exact') return { filter: 'in', values: [value(text)] }
  if (filter === 'except') return { filter, values: [value(text)] }
  if (filter === 'in') return { filter, values: [...new Set(text.split(',').map(value))] }
  if (filter === 'regex') return { filter, pattern: text, literals: regexLiterals(text) }
  if (filter === 'format') {
    const format = FORMATS.find((known) => known === text)
    if (!format) throw refusal(name, `There is no format ${text.slice(0, 40)}. There are ${FORMATS.join(', ')}.`)
    return { filter, format }
  }
  return { filter, value: value(text) }
}

function readCondition(list: ListName, [name, text]: Pair): Condition {
  const { field, filter } = readName(list, name)
  if (!FILTERS_OF[field.type].includes(filter)) throw refusal(name, `${field.name} takes ${FILTERS_OF[field.type].join(', ')}.`)
  if (text.length > VALUE_LETTERS_MAX && Array.from(text).length > VALUE_LETTERS_MAX) throw refusal(name, `At most ${VALUE_LETTERS_MAX} characters.`)
  if (NEVER_IN_TEXT.test(text)) throw refusal(name, 'It has a character that no text has.')
  return { name, field, test: readTest(name, field, filter, text) }
}

/** `in` takes repeats: all of them are one list. Every other repeated condition has to hold each time. */
function joinLists(conditions: readonly Condition[]): Condition[] {
  const joined: Condition[] = []
  for (const condition of conditions) {
    const { test } = condition
    const isList = test.filter === 'in' && condition.name.endsWith('__in')
    const place = isList ? joined.findIndex(({ name }) => name === condition.name) : -1
    const before = joined[place]
    if (before?.test.filter === 'in' && test.filter === 'in') joined[place] = { ...before, test: { filter: 'in', values: [...new Set([...before.test.values, ...test.values])] } }
    else joined.push(condition)
  }
  return joined
}

const asWords = (condition: Condition): Condition => {
  const { field, test } = condition
  if (field.type !== 'word' || (test.filter !== 'startswith' && test.filter !== 'endswith' && test.filter !== 'contains')) return condition
  return { ...condition, test: { filter: 'in', values: wordsWith(field, test.filter, test.value) } }
}

/**
 * The conditions of a question, all of which must hold. Throws invalid-input that names the field for what is unknown or
 * over the bounds (20 conditions, 256 characters, 5 names deep), and query-too-broad by the rule in narrow.ts.
 */
export function parseConditions(list: ListName, pairs: readonly Pair[]): Condition[] {
  const over = pairs[CONDITIONS_MAX]
  if (over) throw refusal(over[0], `At most ${CONDITIONS_MAX} conditions at once.`)
  const conditions = joinLists(pairs.map((pair) => readCondition(list, pair)))
  requireNarrow(conditions)
  return conditions.map(asWords)
}
