// What the filter bar offers for what is typed: fields, then filters, then values. Pure, so that it can be tested.
import { FILTERS_OF, type Filter } from '@/lib/query-language/condition'
import { fieldsOf, type Field, type ListName } from '@/lib/query-language/fields'
import { FORMATS } from '@/lib/query-language/formats'
import { readWord } from './read-typed'
import { writeCondition } from './write-condition'

export type Suggestion = {
  /** What is shown, in the language. */
  text: string
  /** Explains it, after the text. */
  note: string | null
  /** What stands in the field then; with `adds` it becomes a condition at once. */
  typed: string
  adds: boolean
}
export type Suggestions = { title: string; items: Suggestion[] }
/** A value that stands on firewalls, and on how many. */
export type KnownValue = { value: string; note: string }

export const FILTER_WORDS: Record<Filter, string> = {
  exact: 'is',
  in: 'is one of',
  except: 'is not',
  startswith: 'begins with',
  endswith: 'ends with',
  contains: 'contains',
  lt: 'is less than',
  lte: 'is at most',
  gt: 'is more than',
  gte: 'is at least',
  format: 'has the form of',
  regex: 'matches an RE2 expression',
}
const ORDER_OF_TIMES: Partial<Record<Filter, string>> = { lt: 'is before', lte: 'is not after', gt: 'is after', gte: 'is not before' }
const TYPE_WORDS = {
  text: 'text',
  word: 'word',
  texts: 'list',
  number: 'number',
  boolean: 'true or false',
  instant: 'time',
  address: 'address',
  id: 'identifier',
} as const satisfies Record<Field['type'], string>
const WORDS_SHOWN = 4

const noteOf = ({ type, words }: Field): string =>
  words.length === 0 ? TYPE_WORDS[type] : words.slice(0, WORDS_SHOWN).join(', ') + (words.length > WORDS_SHOWN ? ' …' : '')

/** The field of what is typed, as far as it is known, its filter and the value behind the `=`; null before there is a field. */
export type Place = { field: Field; filter: Filter; name: string; value: string }

export function placeOf(list: ListName, typed: string): Place | null {
  const at = typed.indexOf('=')
  if (at < 0) return null
  const name = typed.slice(0, at).trim()
  const found = namedIn(list, name)
  return found && { ...found, name, value: typed.slice(at + 1) }
}

function namedIn(list: ListName, name: string): { field: Field; filter: Filter } | null {
  for (const field of fieldsOf(list)) {
    if (field.name === name) return { field, filter: 'exact' }
    const filter = FILTERS_OF[field.type].find((each) => name === `${field.name}__${each}`)
    if (filter) return { field, filter }
  }
  return null
}

/** How well a name fits what is typed; the lower the better, null when it does not. */
function rank(name: string, typed: string): number | null {
  const [lower, word] = [name.toLowerCase(), typed.toLowerCase()]
  if (lower.startsWith(word)) return 0
  if (lower.split('__').some((piece) => piece.startsWith(word))) return 1
  return lower.includes(word) ? 2 : null
}

function fieldsLike(list: ListName, typed: string): Suggestion[] {
  return fieldsOf(list)
    .flatMap((field) => {
      const place = rank(field.name, typed)
      return place === null || field.name === typed ? [] : [{ field, place }]
    })
    .toSorted((a, b) => a.place - b.place)
    .map(({ field }) => ({ text: field.name, note: noteOf(field), typed: field.name, adds: false }))
}

/** The filters of the field whose name stands there, or begins what stands there. */
function filtersLike(list: ListName, typed: string): Suggestion[] {
  const field = fieldsOf(list).findLast(({ name }) => typed === name || typed.startsWith(`${name}_`))
  if (!field) return []
  const begun = typed.slice(field.name.length).replace(/^_{1,2}/, '')
  return FILTERS_OF[field.type]
    .filter((filter) => filter.startsWith(begun))
    .map((filter) => {
      const name = filter === 'exact' ? `${field.name}=` : `${field.name}__${filter}=`
      const words = field.type === 'instant' ? (ORDER_OF_TIMES[filter] ?? FILTER_WORDS[filter]) : FILTER_WORDS[filter]
      return { text: name, note: words, typed: name, adds: false }
    })
}

const DAY_MS = 86_400_000
/** Beginnings of days, for a field that is a time. */
function someTimes(nowMs: number): KnownValue[] {
  const dayBefore = (days: number): string => new Date(nowMs - days * DAY_MS).toISOString().slice(0, 10)
  return [
    { value: dayBefore(0), note: 'today, UTC' },
    { value: dayBefore(1), note: 'yesterday' },
    { value: dayBefore(7), note: '7 days ago' },
    { value: dayBefore(30), note: '30 days ago' },
    { value: `${dayBefore(0)}T10:00:00Z`, note: 'with a time' },
  ]
}

/** What is being written: for a list of values, what stands behind the last comma. */
export const lastValue = ({ filter, value }: Pick<Place, 'filter' | 'value'>): string => (filter === 'in' ? (value.split(',').at(-1) ?? '') : value)

/** Filters that compare with a value as it stands there, or with its beginning. */
const WHOLE: readonly Filter[] = ['exact', 'in', 'except', 'startswith']
const NONE: readonly KnownValue[] = []

function valuesOf(place: Place, known: readonly KnownValue[], nowMs: number): readonly KnownValue[] {
  const { field, filter } = place
  if (filter === 'format') return FORMATS.map((value) => ({ value, note: '' }))
  if (field.type === 'boolean')
    return [
      { value: 'true', note: '' },
      { value: 'false', note: '' },
    ]
  if (field.type === 'instant') return someTimes(nowMs)
  if (!WHOLE.includes(filter)) return NONE
  if (field.words.length === 0) return known
  return field.words.map((value) => ({ value, note: known.find((each) => each.value === value)?.note ?? '' }))
}

function valuesLike(place: Place, known: readonly KnownValue[], nowMs: number): Suggestion[] {
  const last = lastValue(place)
  const chosen = place.filter === 'in' ? place.value.split(',').slice(0, -1) : []
  const before = chosen.length > 0 ? `${chosen.join(',')},` : ''
  const offered = valuesOf(place, known, nowMs)
    .filter(({ value }) => value.toLowerCase().startsWith(last.toLowerCase()) && !chosen.includes(value) && (place.filter !== 'in' || !value.includes(',')))
    .map(({ value, note }): Suggestion => ({
      text: value,
      note: note || null,
      typed: `${place.name}=${before}${value}${place.filter === 'in' ? ',' : ''}`,
      adds: place.filter !== 'in',
    }))
  const done = `${place.name}=${chosen.join(',')}`
  return last === '' && chosen.length > 0 ? [{ text: done, note: 'add this condition', typed: done, adds: true }, ...offered] : offered
}

/** What a word alone would become. */
const wordsLike = (list: ListName, typed: string): Suggestion[] =>
  readWord(list, typed).map((pair) => ({
    text: writeCondition(pair),
    note: pair[0] === 'search' ? 'in names, addresses, customers, sites' : null,
    typed: writeCondition(pair),
    adds: true,
  }))

/** Whether the server should be asked for values, and how they begin; null when they are known here or there are none. */
export function valuesWanted(list: ListName, typed: string): { field: string; startsWith: string } | null {
  const place = placeOf(list, typed)
  if (!place || !WHOLE.includes(place.filter)) return null
  const asked = place.field.type === 'text' || place.field.type === 'texts' || place.field.type === 'address' || place.field.type === 'word'
  return asked ? { field: place.field.name, startsWith: lastValue(place) } : null
}

/** Groups of suggestions, empty ones left out. `known`: values that the server found for this place. */
export function suggest(list: ListName, text: string, known: readonly KnownValue[], nowMs: number): Suggestions[] {
  const typed = text.trimStart()
  const place = placeOf(list, typed)
  const groups: Suggestions[] = place
    ? [{ title: `Values of ${place.field.name}`, items: valuesLike(place, known, nowMs) }]
    : typed.includes('=')
      ? []
      : [
          { title: 'Filters', items: typed === '' ? [] : filtersLike(list, typed) },
          { title: 'Fields', items: fieldsLike(list, typed.trimEnd()) },
          { title: 'Search', items: typed === '' ? [] : wordsLike(list, typed.trimEnd()) },
        ]
  return groups.filter(({ items }) => items.length > 0)
}
