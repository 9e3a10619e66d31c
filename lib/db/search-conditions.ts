import 'server-only'
// Meanings of a line as conditions on items. The expressions are those of the indexes that end the migrations fleet_questions
// and fleet_work; a test looks at the plans.
import { spelling, type Meaning } from '@/lib/search/dto'
import { Prisma } from './generated/client'
import type { Looked } from './search-sql'

/** Parts of texts are found by three letters in a row; fewer find only the names of firewalls and places. */
const TEXT_LETTERS_MIN = 3
type Body = Prisma.Sql

const escaped = (text: string) => text.replace(/[\\%_]/g, '\\$&')
export const has = (x: Prisma.Sql, text: string): Prisma.Sql => Prisma.sql`${x} ILIKE ${`%${escaped(text)}%`}`
/** As it stands in the JSON of a list. */
const jsonHas = (x: Prisma.Sql, text: string): Prisma.Sql => has(x, JSON.stringify(text).slice(1, -1))
const any = (parts: readonly (Prisma.Sql | null)[]): Prisma.Sql | null => {
  const given = parts.flatMap((part) => part ?? [])
  return given.length === 0 ? null : Prisma.sql`(${Prisma.join(given, ' OR ')})`
}
const field = (body: Body, name: string) => Prisma.sql`(${body}->>${Prisma.raw(`'${name}'`)})`
const end = (side: 'source' | 'destination') => Prisma.sql`(i.body->${Prisma.raw(`'${side}'`)}->>'address')`
const inet = (networks: readonly string[]) => Prisma.sql`${[...networks]}::inet[]`
const within = (x: Prisma.Sql, { first, last }: { first: string; last: string }) => Prisma.sql`(${x} >= ${first}::inet AND ${x} <= ${last}::inet)`
/** 0 for the very text, 1 for one that begins with it, 2 for any other. */
export const closeness = (x: Prisma.Sql, text: string): Prisma.Sql => Prisma.sql`CASE WHEN lower(${x}) = lower(${text}) THEN 0 WHEN ${x} ILIKE ${`${escaped(text)}%`} THEN 1 ELSE 2 END`

/** A neighbour or lease, also one of the past that only stands in a change. Null: this is not looked for here. */
export function holderCondition(meaning: Meaning, body: Body, of: 'arp' | 'lease' | 'past'): Prisma.Sql | null {
  const ip = Prisma.sql`palisade_address(${body}->>'ip')`
  switch (meaning.as) {
    case 'address': {
      const same = Prisma.sql`${ip} = ${meaning.address}::inet`
      return meaning.isLinkLocal && of !== 'past' ? Prisma.sql`(${same} OR ${body}->>'ip' LIKE ${`${meaning.address}\\%%`})` : same
    }
    case 'network':
      return within(ip, meaning)
    case 'mac':
      if (meaning.isWhole) return of === 'arp' || of === 'past' ? Prisma.sql`${body}->>'mac' = ${meaning.mac}` : Prisma.sql`${body} @> ${JSON.stringify({ mac: meaning.mac })}::jsonb`
      return of === 'past' ? null : Prisma.sql`${body}->>'mac' LIKE ${`%${meaning.mac}%`}`
    case 'text':
      if (meaning.text.length < TEXT_LETTERS_MIN || of === 'past') return null
      return of === 'lease' ? any([has(field(body, 'hostname'), meaning.text), has(field(body, 'description'), meaning.text)]) : has(field(body, 'hostname'), meaning.text)
    case 'port':
      return null
  }
}

/** Exactly the address, MAC or name 0, a part of it 1. */
export function holderRank(meaning: Meaning, body: Body): Prisma.Sql {
  if (meaning.as === 'text') return Prisma.sql`(CASE WHEN lower(${body}->>'hostname') IN (lower(${meaning.text}), split_part(lower(${meaning.text}), '.', 1)) THEN 0 ELSE 1 END)`
  return Prisma.sql`0`
}

const usable = (text: string) => text.length >= TEXT_LETTERS_MIN

function ruleParts(meaning: Meaning): (Prisma.Sql | null)[] {
  const [source, destination] = [end('source'), end('destination')]
  switch (meaning.as) {
    case 'address':
    case 'network': {
      const sides = [source, destination].map((side) => Prisma.sql`palisade_network(${side})`)
      const around = sides.map((side) => Prisma.sql`${side} = ANY(${inet(meaning.around)})`)
      const inside = meaning.as === 'network' ? sides.map((side) => Prisma.sql`(${side} >= ${meaning.network}::inet AND ${side} <= ${meaning.last}::inet)`) : []
      return [...around, ...inside, has(field(Prisma.sql`i.body`, 'description'), spelling(meaning))]
    }
    case 'port':
      return (['source', 'destination'] as const).map((side) => Prisma.sql`i.body @> ${JSON.stringify({ [side]: { port: meaning.port } })}::jsonb`)
    case 'mac':
      return meaning.isWhole ? [has(field(Prisma.sql`i.body`, 'description'), meaning.mac)] : []
    case 'text':
      return usable(meaning.text) ? [has(field(Prisma.sql`i.body`, 'description'), meaning.text), has(source, meaning.text), has(destination, meaning.text)] : []
  }
}

const LAST = 200
/** How far the nearer of the two ends is from what was asked: by its place among the networks around it, the narrowest first. */
function ruleRank(meaning: Meaning): Prisma.Sql {
  if (meaning.as === 'text') return closeness(field(Prisma.sql`i.body`, 'description'), meaning.text)
  if (meaning.as !== 'address' && meaning.as !== 'network') return Prisma.sql`0`
  const nearest = [spelling(meaning), ...meaning.around]
  const far = (['source', 'destination'] as const).map((side) => Prisma.sql`array_position(${nearest}::text[], ${end(side)})`)
  return Prisma.sql`coalesce(LEAST(${Prisma.join(far)}), ${LAST}::int)`
}

const ALIAS_CONTENT = Prisma.sql`(i.body->>'content')`
function aliasParts(meaning: Meaning): (Prisma.Sql | null)[] {
  switch (meaning.as) {
    case 'address':
    case 'network':
      return [
        Prisma.sql`palisade_networks(i.body->'content') && ${inet(meaning.around)}`,
        meaning.as === 'network' && meaning.octets !== null ? Prisma.sql`${ALIAS_CONTENT} LIKE ${`%"${meaning.octets}.%`}` : null,
        has(field(Prisma.sql`i.body`, 'description'), spelling(meaning)),
      ]
    case 'port':
      return [Prisma.sql`i.body @> ${JSON.stringify({ content: [meaning.port] })}::jsonb`]
    case 'mac':
      return meaning.isWhole ? [jsonHas(ALIAS_CONTENT, meaning.mac), has(field(Prisma.sql`i.body`, 'description'), meaning.mac)] : []
    case 'text':
      return usable(meaning.text) ? [has(field(Prisma.sql`i.body`, 'name'), meaning.text), has(field(Prisma.sql`i.body`, 'description'), meaning.text), jsonHas(ALIAS_CONTENT, meaning.text)] : []
  }
}

function aliasRank(meaning: Meaning): Prisma.Sql {
  if (meaning.as === 'text') return closeness(field(Prisma.sql`i.body`, 'name'), meaning.text)
  return Prisma.sql`(CASE WHEN i.body @> ${JSON.stringify({ content: [spelling(meaning)] })}::jsonb THEN 0 ELSE 1 END)`
}

function equipmentLooked(meaning: Meaning): Looked[] {
  const body = Prisma.sql`i.body`
  const [address, monitor, remote] = [Prisma.sql`palisade_address(i.body->>'address')`, Prisma.sql`palisade_address(i.body->>'monitorAddress')`, Prisma.sql`palisade_host(i.body->>'remoteAddress')`]
  const zero = Prisma.sql`0`
  switch (meaning.as) {
    case 'address':
    case 'network': {
      const isLinkLocal = meaning.as === 'address' && meaning.isLinkLocal
      const around = inet(meaning.around)
      const list = Prisma.raw(spelling(meaning).includes(':') ? "'ipv6'" : "'ipv4'")
      const is = (x: Prisma.Sql) => (meaning.as === 'address' ? Prisma.sql`${x} = ${meaning.address}::inet` : within(x, meaning))
      const own = Prisma.sql`i.body->>${list} LIKE ${`%"${spelling(meaning)}/%`}`
      // Every interface has the network of link-local addresses.
      const interfaces: Looked[] = isLinkLocal ? [] : [{ kind: 'interface', condition: Prisma.sql`palisade_networks(i.body->${list}) && ${around}`, rank: Prisma.sql`(CASE WHEN ${own} THEN 0 ELSE 1 END)` }]
      return [
        ...interfaces,
        { kind: 'gateway', condition: Prisma.sql`(${is(address)} OR ${is(monitor)})`, rank: zero },
        { kind: 'tunnel', condition: Prisma.sql`(${is(remote)} OR palisade_networks(i.body->'networks') && ${around})`, rank: Prisma.sql`(CASE WHEN ${is(remote)} THEN 0 ELSE 1 END)` },
      ]
    }
    case 'mac':
      return [{ kind: 'interface', condition: has(field(body, 'mac'), meaning.mac), rank: zero }]
    case 'text':
      if (!usable(meaning.text)) return []
      return [
        { kind: 'gateway', condition: has(field(body, 'name'), meaning.text), rank: closeness(field(body, 'name'), meaning.text) },
        { kind: 'tunnel', condition: Prisma.sql`(${has(field(body, 'name'), meaning.text)} OR ${has(field(body, 'user'), meaning.text)})`, rank: closeness(field(body, 'name'), meaning.text) },
      ]
    case 'port':
      return []
  }
}

const WIDE_BITS = 16
/** An address, a small network, a MAC or a port has few rows of the whole fleet; a part of a name may have nearly all. */
export const isPointed = (meanings: readonly Meaning[]): boolean => meanings.every((meaning) => meaning.as === 'address' || meaning.as === 'port' || (meaning.as === 'mac' && meaning.isWhole) || (meaning.as === 'network' && meaning.bits > WIDE_BITS))

/** Where rules, aliases or parts of the firewall itself are looked for, for everything a line may mean. */
export function lookedFor(group: 'rules' | 'aliases' | 'equipment', meanings: readonly [Meaning, ...Meaning[]]): Looked[] {
  const [first] = meanings
  if (group === 'equipment') return equipmentLooked(first)
  const condition = any(meanings.flatMap(group === 'rules' ? ruleParts : aliasParts))
  return condition === null ? [] : [{ kind: group, condition, rank: group === 'rules' ? ruleRank(first) : aliasRank(first) }]
}
