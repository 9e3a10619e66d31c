// Questions as people and programs could ask them, made from what is really there, so that most of them find something.
import fc from 'fast-check'
import { FILTERS_OF, type Filter } from '@/lib/query-language/condition'
import { fieldsOf, LISTS, type Field, type ListName } from '@/lib/query-language/fields'
import { FORMATS } from '@/lib/query-language/formats'
import type { Asked } from './query-evaluator'
import type { QueryWorld } from './query-world'

export type Question = { list: ListName; pairs: Asked[]; limit: number; descending: boolean }

const TIMES = ['2026-01-01T00:00:00Z', '2026-01-01T00:00:01Z', '2026-03-05', '2026-03-05T07:08:09.5Z', '2026-11-24T11:00:00+01:00', '2026-03-05T07:08']
const NUMBERS = ['0', '1', '7', '20', '443', '0443', '-7', '3.5', '1024', '1000000', '443.0']
const IPS = ['10.0.0.1', '10.0.0.5', '10.0.1.0', '192.168.1.10', '2001:db8::5', '::', '::ffff:10.0.0.1', 'ffff::']
/** On every row, and served by an index: beside it a condition may say as little as it likes. */
const everywhere = (list: ListName): Asked => [list === 'firewalls' ? 'name__startswith' : 'firewall__name__startswith', 'fw']

const letters = (text: string) => Array.from(text).slice(0, 200)
const literally = (text: string) => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')

/** Values that this field has somewhere. */
function valuesIn(world: QueryWorld, list: ListName, { name, words }: Field): string[] {
  const short: Record<string, string> = { family: 'firewall__family', version: 'firewall__version', tag: 'firewall__tags' }
  const path = (list === 'firewalls' ? name : (short[name] ?? name)).split('__')
  const found = world[list].flatMap(({ json }) => {
    const value = path.reduce<unknown>((from, part) => (typeof from === 'object' && from !== null ? (from as Record<string, unknown>)[part] : undefined), json)
    return Array.isArray(value) ? value : [value]
  })
  return [...new Set([...found.filter((value) => value !== null && value !== undefined).map(String), ...words])]
}

const partOf = (text: string): fc.Arbitrary<string> =>
  fc.tuple(fc.nat(200), fc.integer({ min: 1, max: 12 })).map(([from, count]) => {
    const all = letters(text)
    return all.slice(all.length === 0 ? 0 : from % all.length).slice(0, count).join('')
  })

function expression(text: string): fc.Arbitrary<string> {
  const part = partOf(text).map(literally)
  return fc.oneof(
    part,
    part.map((some) => `^${some}`),
    part.map((some) => `${some}$`),
    fc.tuple(part, part).map(([a, b]) => `${a}.*${b}`),
    fc.tuple(part, part).map(([a, b]) => `(${a}|${b})`),
    fc.tuple(part, part).map(([a, b]) => `${a}|${b}x?`),
    part.map((some) => `[A-Za-z ]+(?:${some})?`),
    part.map((some) => `(${some}){1,2}[^a-f]*`),
    fc.constantFrom('\\d+', '^$', 'LAN', 'a{2,}', '[\\]x]', '[^0-9.]', '(allow|LAN|HTTPS)', 'nosuchthing'),
  )
}

function valueFor(field: Field, filter: Filter, known: readonly string[]): fc.Arbitrary<string> {
  const actual = fc.constantFrom(...(known.length > 0 ? known : ['x'])).map((text) => letters(text).join(''))
  if (filter === 'format') return fc.constantFrom(...FORMATS)
  if (filter === 'regex') return actual.chain(expression)
  if (field.type === 'boolean') return fc.constantFrom('true', 'false')
  if (field.type === 'instant') return filter === 'in' ? fc.array(fc.constantFrom(...TIMES), { minLength: 1, maxLength: 3 }).map(String) : fc.constantFrom(...TIMES)
  if (field.type === 'number') return filter === 'in' ? fc.array(fc.constantFrom(...NUMBERS), { minLength: 1, maxLength: 4 }).map(String) : fc.constantFrom(...NUMBERS)
  if (filter === 'in') return fc.array(fc.oneof(actual, fc.constantFrom('nothing', '')), { minLength: 1, maxLength: 3 }).map((all) => letters(all.join(',')).join(''))
  if (filter === 'startswith') return fc.oneof(actual.chain((text) => fc.nat(8).map((count) => letters(text).slice(0, count).join(''))), actual)
  if (filter === 'endswith') return fc.oneof(actual.chain((text) => fc.integer({ min: 1, max: 8 }).map((count) => letters(text).slice(-count).join(''))), actual)
  if (filter === 'contains') return fc.oneof({ weight: 4, arbitrary: actual.chain(partOf) }, fc.constantFrom('%', '_', '\\', '"', "'", 'zzz', ''))
  if (filter === 'exact' || filter === 'except') return fc.oneof({ weight: 4, arbitrary: actual }, fc.constantFrom('', 'nothing', 'NULL', '%'))
  return fc.constantFrom(...(field.type === 'address' ? IPS : NUMBERS))
}

/** One to four conditions on one list of the world. */
export function questions(world: QueryWorld): fc.Arbitrary<Question> {
  const condition = (list: ListName): fc.Arbitrary<Asked> =>
    fc.constantFrom(...fieldsOf(list)).chain((field) => {
      const known = valuesIn(world, list, field)
      return fc.constantFrom(...FILTERS_OF[field.type]).chain((filter) => valueFor(field, filter, known).map((value): Asked => [filter === 'exact' && value.length % 2 === 0 ? field.name : `${field.name}__${filter}`, value]))
    })
  return fc.constantFrom(...LISTS).chain((list) =>
    fc.record({
      list: fc.constant(list),
      pairs: fc.oneof({ weight: 3, arbitrary: fc.array(condition(list), { minLength: 1, maxLength: 1 }) }, fc.array(condition(list), { minLength: 2, maxLength: 4 })).map((pairs) => [...pairs, everywhere(list)]),
      limit: fc.constantFrom(500, 500, 500, 100),
      descending: fc.boolean(),
    }),
  )
}
