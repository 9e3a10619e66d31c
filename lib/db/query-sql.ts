import 'server-only'
// Conditions of the query language as SQL: closed tables of expressions, every value a parameter. The expressions of the
// items are those that the indexes FactX_by_value, FactX_by_text and FactX_by_number are made of.
import { isOrder, type Condition, type OrderFilter, type PartFilter, type Test } from '@/lib/query-language/condition'
import type { ColumnName, Field, FieldType } from '@/lib/query-language/fields'
import { heldBy, patternOf } from '@/lib/query-language/formats'
import { FINDINGS_OF_FIREWALL, hasFinding } from './finding-sql'
import { SHOWN_STATE } from './firewall-columns'
import { Prisma } from './generated/client'

const COLUMNS: Record<ColumnName, Prisma.Sql> = {
  firewallId: Prisma.sql`f.id`,
  firewallName: Prisma.sql`f.name`,
  hostname: Prisma.sql`f.hostname`,
  baseUrl: Prisma.sql`f.origin`,
  family: Prisma.sql`f.family`,
  state: SHOWN_STATE,
  stateReason: Prisma.sql`(CASE WHEN f."pausedAt" IS NULL THEN f."stateReason" ELSE f."pausedReason" END)`,
  version: Prisma.sql`f.version`,
  tags: Prisma.sql`f.tags`,
  timeZone: Prisma.sql`f."timeZone"`,
  plainHttp: Prisma.sql`(f."trustMode" = 'plain-http')`,
  createdAt: Prisma.sql`f."createdAt"`,
  visitedAt: Prisma.sql`f."visitedAt"`,
  customerId: Prisma.sql`f."customerId"`,
  customerName: Prisma.sql`c.name`,
  siteId: Prisma.sql`f."siteId"`,
  siteName: Prisma.sql`s.name`,
  gatewaysUp: Prisma.sql`f."gatewaysUp"`,
  gatewaysTotal: Prisma.sql`f."gatewaysTotal"`,
  gatewaysDown: Prisma.sql`f."gatewaysDown"`,
  gatewaysDegraded: Prisma.sql`f."gatewaysDegraded"`,
  tunnelsUp: Prisma.sql`f."tunnelsUp"`,
  tunnelsDown: Prisma.sql`f."tunnelsDown"`,
  haRole: Prisma.sql`f."haRole"`,
  haPeerId: Prisma.sql`f."haPeerId"`,
  haPeerName: Prisma.sql`(SELECT peer.name FROM "Firewall" peer WHERE peer.id = f."haPeerId")`,
  clockOffsetSeconds: Prisma.sql`f."clockOffsetSeconds"`,
  certificateEndsAt: Prisma.sql`f."certificateEndsAt"`,
  bootedAt: Prisma.sql`f."bootedAt"`,
  // Measured values are floating; they compare as the decimal numbers that people see.
  latencyMs: Prisma.sql`f."latencyMs"::numeric`,
  cpuPercent: Prisma.sql`f."cpuPercent"::numeric`,
  memoryPercent: Prisma.sql`f."memoryPercent"::numeric`,
  diskPercent: Prisma.sql`f."diskPercent"::numeric`,
  statesPercent: Prisma.sql`f."statesPercent"::numeric`,
  stateSince: Prisma.sql`f."stateSince"`,
  findings: FINDINGS_OF_FIREWALL,
  firmwareState: Prisma.sql`f."firmwareState"`,
  offeredVersion: Prisma.sql`f."offeredVersion"`,
  majorVersion: Prisma.sql`f."majorVersion"`,
  packageCount: Prisma.sql`f."packageCount"`,
  downloadBytes: Prisma.sql`f."downloadBytes"`,
  rebootRequired: Prisma.sql`f."rebootRequired"`,
  firmwareCheckedAt: Prisma.sql`f."firmwareCheckedAt"`,
  firstSeenAt: Prisma.sql`i."firstSeenAt"`,
  changedAt: Prisma.sql`i."changedAt"`,
}

const OPERATORS: Record<OrderFilter, Prisma.Sql> = { lt: Prisma.sql`<`, lte: Prisma.sql`<=`, gt: Prisma.sql`>`, gte: Prisma.sql`>=` }
const NEVER = Prisma.sql`FALSE`
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const any = (parts: readonly Prisma.Sql[]): Prisma.Sql => (parts.length === 0 ? NEVER : Prisma.sql`(${Prisma.join([...parts], ' OR ')})`)
/** The names are those of the closed tables of lib/query-language/fields.ts. */
const literal = (name: string): Prisma.Sql => Prisma.raw(`'${name.replaceAll("'", "''")}'`)

/** `i.body->'source'->>'address'`, or with `->` at the end. */
function inBody(path: readonly string[], as: 'text' | 'json'): Prisma.Sql {
  const last = path.at(-1) ?? ''
  const inner = path.slice(0, -1).map((name) => Prisma.sql`->${literal(name)}`)
  return Prisma.join([Prisma.sql`(i.body`, ...inner, as === 'text' ? Prisma.sql`->>${literal(last)})` : Prisma.sql`->${literal(last)})`], '')
}

const escaped = (text: string) => text.replace(/[\\%_]/g, '\\$&')
const likePattern = (filter: PartFilter, text: string) => `${filter === 'startswith' ? '' : '%'}${escaped(text)}${filter === 'endswith' ? '' : '%'}`

/** What an item has to have inside to have this value; one index on `body` serves it for every field. */
function itemWith(path: readonly string[], type: FieldType, value: string): string {
  const json = type === 'number' || type === 'boolean' ? value : type === 'texts' ? JSON.stringify([value]) : JSON.stringify(value)
  return path.toReversed().reduce((inner, name) => `{${JSON.stringify(name)}:${inner}}`, json)
}

/** A test of one text, `x`, that an index of parts of texts serves. */
function textHas(x: Prisma.Sql, test: Exclude<Test, { filter: 'in' | 'except' }>, type: FieldType): Prisma.Sql {
  switch (test.filter) {
    case 'startswith':
    case 'endswith':
    case 'contains':
      return Prisma.sql`${x} LIKE ${likePattern(test.filter, test.value)}`
    case 'lt':
    case 'lte':
    case 'gt':
    case 'gte':
      if (type === 'address') return Prisma.sql`palisade_address(${x}) ${OPERATORS[test.filter]} ${test.value}::inet`
      return Prisma.sql`palisade_number(${x}) ${OPERATORS[test.filter]} ${test.value}::numeric`
    case 'format':
      // Aliases are looked for on the firewall that the row is of.
      if (test.format === 'alias') return Prisma.sql`EXISTS (SELECT 1 FROM "FactAlias" a WHERE a."firewallId" = f.id AND a."goneAt" IS NULL AND a.body->>'name' = ${x})`
      return Prisma.sql`(${heldBy(test.format) === null ? Prisma.sql`TRUE` : Prisma.sql`strpos(${x}, ${heldBy(test.format)}) > 0`} AND ${x} ~ ${patternOf(test.format)})`
    case 'regex':
      // The expression itself is tried outside, on what is left (lib/query-language/regex.ts).
      if (test.literals.oneOf === null || !test.literals.caseMatters) return Prisma.sql`${x} IS NOT NULL`
      return any(test.literals.oneOf.map((text) => Prisma.sql`${x} LIKE ${likePattern('contains', text)}`))
  }
}

/** What the JSON of a list is certain to hold, for the index on it: letters as JSON writes them, quotes at the ends. */
function jsonHas(x: Prisma.Sql, test: Test): Prisma.Sql {
  const letters = (text: string, before: string, after: string) => Prisma.sql`${x} LIKE ${likePattern('contains', `${before}${JSON.stringify(text).slice(1, -1)}${after}`)}`
  if (test.filter === 'startswith') return letters(test.value, '"', '')
  if (test.filter === 'endswith') return letters(test.value, '', '"')
  if (test.filter === 'contains') return letters(test.value, '', '')
  if (test.filter === 'regex' && test.literals.oneOf !== null && test.literals.caseMatters) return any(test.literals.oneOf.map((text) => letters(text, '', '')))
  return Prisma.sql`TRUE`
}

function ofItem(path: readonly string[], type: FieldType, test: Test): Prisma.Sql {
  const text = inBody(path, 'text')
  // Times are compared to the second, and are all written alike in UTC.
  const second = Prisma.sql`(CASE WHEN ${text} ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}T' THEN left(${text}, 19) || 'Z' END COLLATE "C")`
  if (test.filter === 'in' || test.filter === 'except') {
    const has = type === 'instant' ? Prisma.sql`${second} = ANY(${[...test.values]}::text[])` : any(test.values.map((value) => Prisma.sql`i.body @> ${itemWith(path, type, value)}::jsonb`))
    return test.filter === 'in' ? has : Prisma.sql`(${has}) IS NOT TRUE`
  }
  if (type === 'instant' && isOrder(test)) return Prisma.sql`${second} ${OPERATORS[test.filter]} ${test.value}`
  if (type !== 'texts') return textHas(text, test, type)
  const list = inBody(path, 'json')
  return Prisma.sql`(${jsonHas(text, test)} AND EXISTS (SELECT 1 FROM jsonb_array_elements_text(CASE jsonb_typeof(${list}) WHEN 'array' THEN ${list} ELSE '[]' END) e(v) WHERE ${textHas(Prisma.sql`e.v`, test, type)}))`
}

/** The column types of PostgreSQL in which values are compared. */
const CASTS: Record<FieldType, Prisma.Sql> = { text: Prisma.sql`text`, word: Prisma.sql`text`, texts: Prisma.sql`text`, address: Prisma.sql`text`, number: Prisma.sql`numeric`, boolean: Prisma.sql`boolean`, instant: Prisma.sql`timestamptz`, id: Prisma.sql`uuid` }

function ofColumn(column: ColumnName, type: FieldType, test: Test): Prisma.Sql {
  const x = type === 'instant' ? Prisma.sql`date_trunc('second', ${COLUMNS[column]})` : COLUMNS[column]
  if (test.filter === 'in' || test.filter === 'except') {
    const values = type === 'id' ? test.values.filter((value) => UUID.test(value)) : [...test.values]
    const has = column === 'findings' ? hasFinding(values) : type === 'texts' ? Prisma.sql`${x} && ${values}::text[]` : Prisma.sql`${x} = ANY(${values}::${CASTS[type]}[])`
    return test.filter === 'in' ? has : Prisma.sql`(${has}) IS NOT TRUE`
  }
  if ((type === 'instant' || type === 'number') && isOrder(test)) return Prisma.sql`${x} ${OPERATORS[test.filter]} ${test.value}::${CASTS[type]}`
  return type === 'texts' ? Prisma.sql`EXISTS (SELECT 1 FROM unnest(${x}) e(v) WHERE ${textHas(Prisma.sql`e.v`, test, type)})` : textHas(x, test, type)
}

/** One condition. It reads `i` (the fact), `f`, `c` and `s` (firewall, customer, site). */
export const conditionSql = ({ field, test }: Condition): Prisma.Sql => ('path' in field.at ? ofItem(field.at.path, field.type, test) : ofColumn(field.at.column, field.type, test))

/** The value of a field as JSON: a text, a list of texts, or null. */
export const valueSql = ({ at }: Field): Prisma.Sql => ('path' in at ? inBody(at.path, 'json') : Prisma.sql`to_jsonb(${COLUMNS[at.column]})`)

/** An item whose field begins so, whatever the case of its letters; the index of parts of texts serves it from three letters on. */
export function beginsLike({ type }: Field, path: readonly string[], text: string): Prisma.Sql {
  // The JSON of a list has its texts in quotes, letters as JSON writes them.
  const pattern = type === 'texts' ? likePattern('contains', `"${JSON.stringify(text).slice(1, -1)}`) : likePattern('startswith', text)
  return Prisma.sql`${inBody(path, 'text')} ILIKE ${pattern}`
}

/** Whether a condition reads more than the fact itself. */
export const readsFirewall = ({ field, test }: Condition): boolean => ('column' in field.at ? field.at.column !== 'firstSeenAt' && field.at.column !== 'changedAt' : test.filter === 'format' && test.format === 'alias')
