import { z } from 'zod'
import { family, type Family } from '@/lib/adapters/model'
import { FAMILIES } from '@/lib/adapters/words'
import { familyModule } from '@/lib/adapters/registry'
import { AppError } from '@/lib/core/errors'
import { originOf } from '@/lib/firewalls/address'
import { credential, firewallName, tag, timeZone, type CredentialInput } from '@/lib/firewalls/input'
import type { FileProblem } from './dto'
import type { FileLine } from './file-lines'
import type { FileColumn } from './input'
import type { StoredRow } from './stored-row'

export type KnownSite = { id: string; name: string; timeZone: string }
export type KnownCustomer = { id: string; name: string; sites: readonly KnownSite[] }
export type FileRow = { line: number; customer: KnownCustomer; input: Omit<StoredRow, 'fingerprint'>; credential: CredentialInput }
type Found<T> = { value: T } | { problem: { column: FileColumn; message: string } }

const METHODS = {
  'key-secret': { key: 'key', secret: 'secret' },
  basic: { username: 'username', password: 'password' },
  jwt: { username: 'username', password: 'password' },
  token: { clientId: 'client_id', clientToken: 'client_token' },
  'api-key': { key: 'api_key' },
} as const satisfies Record<CredentialInput['method'], Record<string, FileColumn>>
type Method = keyof typeof METHODS
const METHOD_NAMES = ['key-secret', 'basic', 'jwt', 'token', 'api-key'] as const satisfies readonly Method[]
const columnsOf = (method: Method): FileColumn[] => Object.values(METHODS[method])

const problem = (column: FileColumn, message: string): Found<never> => ({ problem: { column, message } })
const parsed = <T>(schema: z.ZodType<T>, column: FileColumn, text: unknown): Found<T> => {
  const result = schema.safeParse(text)
  return result.success ? { value: result.data } : problem(column, result.error.issues[0]?.message ?? 'This cannot be used.')
}

/** By its name, in the same spelling or, when only one is meant, in any case. */
function named<T extends { name: string }>(items: readonly T[], name: string): T | undefined {
  const alike = items.filter((item) => item.name.toLowerCase() === name.toLowerCase())
  return items.find((item) => item.name === name) ?? (alike.length === 1 ? alike[0] : undefined)
}

function customerOf({ cell }: FileLine, customers: readonly KnownCustomer[]): Found<KnownCustomer> {
  const name = cell('customer')
  if (name === '') return problem('customer', 'Name the customer whose firewall it is.')
  const found = named(customers, name)
  return found ? { value: found } : problem('customer', 'There is no customer of this name whose firewalls you may manage. Correct it, or make the customer first.')
}

function siteOf({ cell }: FileLine, customer: KnownCustomer): Found<KnownSite | null> {
  const name = cell('site')
  if (name === '') return { value: null }
  const found = named(customer.sites, name)
  return found ? { value: found } : problem('site', `${customer.name} has no site ${name}. Correct the name, make the site first, or leave this empty.`)
}

function familyOf({ cell }: FileLine): Found<Family | null> {
  const text = cell('family').toLowerCase()
  if (text === '') return { value: null }
  const result = family.safeParse(text)
  return result.success ? { value: result.data } : problem('family', `One of ${FAMILIES.join(', ')}, or empty.`)
}

/** The method that is named, or the only one whose columns are all filled. */
function methodOf({ cell }: FileLine, of: Family | null): Found<Method> {
  const text = cell('method').toLowerCase()
  const known = of === null ? METHOD_NAMES : METHOD_NAMES.filter((method) => familyModule(of).credentialMethods.some((one) => one.method === method))
  const words = known.join(', ')
  if (text !== '') {
    const method = known.find((one) => one === text)
    return method ? { value: method } : problem('method', `One of ${words}, or empty.`)
  }
  // A user name and a password may mean either of two; without a word it is the plain one.
  const filled = known.filter((method) => method !== 'jwt' && columnsOf(method).every((column) => cell(column) !== ''))
  const [only] = filled
  if (only && filled.length === 1) return { value: only }
  return problem('method', filled.length > 1 ? `Several credentials are filled in. Name one of ${words}.` : `No credential is complete. Fill in the columns of one of ${words}.`)
}

function credentialOf({ cell }: FileLine, method: Method): Found<CredentialInput> {
  const values = Object.fromEntries(Object.entries(METHODS[method]).map(([field, column]) => [field, cell(column)]))
  const result = credential.safeParse({ method, ...values })
  if (result.success) return { value: result.data }
  const at = Object.entries<FileColumn>(METHODS[method]).find(([field]) => field === result.error.issues[0]?.path[0])
  return problem(at?.[1] ?? 'method', `${result.error.issues[0]?.message ?? 'This cannot be used.'} ${method} needs ${columnsOf(method).join(' and ')}.`)
}

function originOfLine({ cell }: FileLine): Found<string> {
  if (cell('url') === '') return problem('url', 'Enter the web address of the firewall.')
  try {
    return { value: originOf(cell('url')) }
  } catch (error) {
    if (error instanceof AppError && error.code === 'invalid-input') return problem('url', error.message)
    throw error
  }
}

function trustOf({ cell }: FileLine, origin: string | null): Found<{ pin: string | null; publicCa: boolean }> {
  const [word, pin] = [cell('trust').toLowerCase(), cell('sha256').replace(/[\s:]/g, '').toLowerCase()]
  if (word !== '' && word !== 'public-ca') return problem('trust', 'public-ca, or empty.')
  if (pin !== '' && !/^[0-9a-f]{64}$/.test(pin)) return problem('sha256', 'The SHA-256 of the certificate: 64 hex digits, with or without colons. Or leave it empty.')
  if (pin !== '' && word !== '') return problem('trust', 'Either public-ca or a SHA-256, not both.')
  if (origin?.startsWith('http://') && (pin !== '' || word !== '')) return problem('trust', 'An address that begins with http:// has no certificate. Leave trust and sha256 empty.')
  return { value: { pin: pin === '' ? null : pin, publicCa: word !== '' } }
}

const tagsOf = ({ cell }: FileLine): Found<string[]> => parsed(z.array(tag).max(30, 'At most 30 tags.'), 'tags', [...new Set(cell('tags').split(/[,\s]+/).filter(Boolean))])
const timeZoneOf = ({ cell }: FileLine): Found<string | null> => (cell('time_zone') === '' ? { value: null } : parsed(timeZone, 'time_zone', cell('time_zone')))

/** A line as a row, or everything that is wrong with it. */
export function rowOfLine(line: FileLine, customers: readonly KnownCustomer[]): { row: FileRow } | { problems: FileProblem[] } {
  const problems: FileProblem[] = line.tooMany ? [{ line: line.line, column: null, message: 'This line has more values than the first has columns. Put a value that holds the separator in quotes.' }] : []
  const take = <T>(found: Found<T>): T | null => {
    if ('value' in found) return found.value
    problems.push({ line: line.line, ...found.problem })
    return null
  }
  const name = take(parsed(firewallName, 'name', line.cell('name')))
  const customer = take(customerOf(line, customers))
  const site = customer && take(siteOf(line, customer))
  const of = take(familyOf(line))
  const origin = take(originOfLine(line))
  const method = take(methodOf(line, of))
  const given = method && take(credentialOf(line, method))
  const trust = take(trustOf(line, origin))
  const tags = take(tagsOf(line))
  const zone = take(timeZoneOf(line))
  if (problems.length > 0 || name === null || customer === null || origin === null || method === null || given === null || trust === null || tags === null) return { problems }
  const haPeer = line.cell('ha_peer')
  const input = { name, siteId: site?.id ?? null, siteName: site?.name ?? null, siteTimeZone: site?.timeZone ?? null, family: of, origin, method, ...trust, tags, timeZone: zone, haPeer: haPeer === '' ? null : haPeer, trusted: null }
  return { row: { line: line.line, customer, input, credential: given } }
}
