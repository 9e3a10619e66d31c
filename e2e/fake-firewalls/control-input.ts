// From the control server's JSON to options. Field by field, so that a misspelt field is an error and not a silent default.
import { isObject, type Json, type JsonObject, listOf, objectOf, textOf } from './json'
import { type AddOptions, type ConfigurationPatch, type Durations, type HealthPatch, type Hold, type Offer, type PatchOptions, SCENARIOS, type Settings, type Size, UPDATE_FAILURES, UPDATE_PHASES, type UpdatePatch, type UserOption } from './options'
import { FAMILY_NAMES } from './recorded'

export class ControlInputError extends Error {}

const fail = (name: string, wanted: string): never => {
  throw new ControlInputError(`${name} has to be ${wanted}.`)
}
const text = (value: Json, name: string): string => (typeof value === 'string' ? value : fail(name, 'a text'))
const number = (value: Json, name: string): number => (typeof value === 'number' ? value : fail(name, 'a number'))
const flag = (value: Json, name: string): boolean => (typeof value === 'boolean' ? value : fail(name, 'true or false'))
const texts = (value: Json, name: string): string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string') ? value.map(textOf) : fail(name, 'a list of texts')
const choice =
  <const T extends string>(choices: readonly T[]) =>
  (value: Json, name: string): T =>
    choices.find((candidate) => candidate === value) ?? fail(name, `one of ${choices.join(', ')}`)
const choiceList =
  <const T extends string>(choices: readonly T[]) =>
  (value: Json, name: string): T[] =>
    listOf(value).map((item) => choice(choices)(item, name))

type Reader<T> = (value: Json, name: string) => T
type Readers<T> = { [K in keyof T]-?: Reader<Exclude<T[K], undefined>> }

/** Reads the fields that are there; an unknown one is an error. */
function fields<T extends object>(readers: Readers<T>, into: T): Reader<T> {
  return (value, name) => {
    if (!isObject(value)) return fail(name, 'an object')
    const result = { ...into }
    for (const field of Object.keys(value)) if (!(field in readers)) fail(field, `left out: ${name} has no such field`)
    for (const field in readers) {
      const sent = value[field]
      if (sent !== undefined) result[field] = readers[field](sent, field)
    }
    return result
  }
}
const mapOf =
  <T>(reader: Reader<T>): Reader<Record<string, T>> =>
  (value, name) =>
    Object.fromEntries(Object.entries(objectOf(value)).map(([key, item]) => [key, reader(item, `${name}.${key}`)]))
const orNull =
  <T>(reader: Reader<T>): Reader<T | null> =>
  (value, name) =>
    value === null ? null : reader(value, name)

const size = fields<Size>({ rules: number, arp: number, aliases: number }, {})
const offer = fields<Offer>(
  { version: text, needsReboot: flag, downloadSize: text, major: flag, problem: choice(['connection', 'unresolved', 'forbidden']) },
  { version: '' },
)
const SETTINGS: Readers<Settings> = {
  enabled: flag,
  read_only: flag,
  authmode: choice(['local', 'jwt', 'token']),
  auth_methods: choiceList(['BasicAuth', 'KeyAuth', 'JWTAuth']),
  represent_interfaces_as: choice(['id', 'descr', 'if']),
  login_protection: flag,
  jwt_exp: number,
  interface_allowed: flag,
  access_list_allows: flag,
  latest_package: orNull(text),
}
const settings = fields<Settings>(SETTINGS, {})
const user = fields<UserOption>(
  { name: text, password: text, privileges: texts, disabled: flag, key: text, secret: text },
  { name: '', password: '', privileges: [] },
)
const users = (value: Json, name: string): UserOption[] => listOf(value).map((item) => user(item, name))

const edit = fields<{ path: string; value: Json }>({ path: text, value: (value) => value }, { path: '', value: null })
const configuration = fields<ConfigurationPatch>({ edits: (value, name) => listOf(value).map((item) => edit(item, name)), by: text, note: text, bytes: number }, {})

const update = fields<UpdatePatch>(
  { failure: orNull(choice(UPDATE_FAILURES)), restarts: orNull(number), holdAt: orNull(choice(UPDATE_PHASES)), keepsPackage: flag, lockLeft: flag },
  {},
)

const PATCH: Readers<PatchOptions> = {
  scenario: choice(SCENARIOS),
  scenarioPath: text,
  slowMs: number,
  redirectTo: text,
  latencyMs: number,
  failedAuthenticationMs: number,
  privileges: mapOf(texts),
  revoke: text,
  settings,
  clockOffsetMs: number,
  certificate: choice(['new-key', 'same-key']),
  offer: orNull(offer),
  majorBehind: orNull(text),
  checked: flag,
  startUpdate: flag,
  size,
  packages: texts,
  removePackage: flag,
  reinstallPackage: flag,
  durationsMs: fields<Partial<Durations>>({ check: number, download: number, install: number, reboot: number, halfOpen: number, booting: number }, {}),
  update,
  health: fields<HealthPatch>({ rulesLoaded: flag, gatewayDown: flag, carpRole: orNull(choice(['master', 'backup', 'init'])), diskFull: flag }, {}),
  hold: orNull(fields<Hold>({ path: text, body: text, when: choice(['before', 'after']) }, { path: '', when: 'before' })),
  replies: mapOf((value) => value),
  plantSecrets: text,
  configuration,
  record: flag,
  commands: mapOf(fields<{ output: string; resultCode: number }>({ output: text, resultCode: number }, { output: '', resultCode: 0 })),
}
const patch = fields<PatchOptions>(PATCH, {})
const add = fields<AddOptions>(
  { ...PATCH, name: text, family: choice(FAMILY_NAMES), version: text, pointVersion: text, port: number, users, limitedPrivileges: texts },
  { name: '', family: 'opnsense', version: '' },
)

/** Settings may stand beside the other fields (`authmode`, `read_only`) or under `settings`. */
function gathered(body: JsonObject): JsonObject {
  const own = Object.entries(body).filter(([name]) => name in SETTINGS)
  const rest = Object.fromEntries(Object.entries(body).filter(([name]) => !(name in SETTINGS)))
  return own.length === 0 ? rest : { ...rest, settings: { ...objectOf(rest['settings']), ...Object.fromEntries(own) } }
}

export const readPatchOptions = (body: JsonObject): PatchOptions => patch(gathered(body), 'The change')

export function readAddOptions(body: JsonObject): AddOptions {
  for (const name of ['name', 'family', 'version']) if (body[name] === undefined) fail(name, 'given')
  return add(gathered(body), 'The firewall')
}
