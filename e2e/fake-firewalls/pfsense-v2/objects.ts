// Creating, changing and deleting rules and aliases (contract section 6).
import type { Json, JsonObject } from '../json'
import { filtered } from './query'
import { idRequired, notFound, Refusal } from './envelope'
import { SINGULAR, type V2State } from './state'

export type WriteContext = {
  state: V2State
  /** False for a dry run, and for a user who may not write: the reply looks the same. */
  stores: boolean
  nowMs: number
  actor: string
  peer: string
}

const REQUIRED: Record<string, string[]> = {
  '/firewall/rule': ['type', 'interface', 'ipprotocol', 'source', 'destination'],
  '/firewall/alias': ['name', 'type'],
}
const CHOICES: Record<string, Record<string, string[]>> = {
  '/firewall/rule': { type: ['pass', 'block', 'reject'], ipprotocol: ['inet', 'inet6', 'inet46'] },
  '/firewall/alias': { type: ['host', 'network', 'port'] },
}
const BOOLEANS = ['disabled', 'log', 'floating', 'quick', 'tcp_flags_any']
const CONTROL_FIELDS = ['apply', 'async', 'append', 'remove', 'placement', 'dry_run', 'id']
const ownFields = (body: JsonObject): JsonObject => Object.fromEntries(Object.entries(body).filter(([name]) => !CONTROL_FIELDS.includes(name)))

function validate(path: string, body: JsonObject, rows: JsonObject[], creating: boolean): void {
  const missing = creating ? REQUIRED[path]?.find((name) => body[name] === undefined) : undefined
  if (missing !== undefined) throw new Refusal(400, 'FIELD_IS_REQUIRED', `Field \`${missing}\` is required.`)
  for (const [name, choices] of Object.entries(CHOICES[path] ?? {})) {
    const value = body[name]
    if (value !== undefined && !choices.includes(String(value)))
      throw new Refusal(400, 'FIELD_INVALID_CHOICE', `Field \`${name}\` must be one of [${choices.join(', ')}]`)
  }
  const mistyped = BOOLEANS.find((name) => body[name] !== undefined && typeof body[name] !== 'boolean')
  if (mistyped !== undefined) throw new Refusal(400, 'FIELD_INVALID_TYPE', `Field \`${mistyped}\` must be of type \`boolean\``)
  const twin = path === '/firewall/alias' ? rows.findIndex((row) => row['name'] === body['name']) : -1
  if (creating && twin >= 0) throw new Refusal(400, 'FIELD_MUST_BE_UNIQUE', `Field \`name\` must be unique. Value is in use by object with ID \`${twin}\`.`)
}

/** Unset fields take the family's defaults; who and when is the firewall's own. */
function created(path: string, body: JsonObject, context: WriteContext): JsonObject {
  if (path === '/firewall/alias') return { name: '', type: 'host', descr: '', address: [], detail: [], ...ownFields(body) }
  const now = Math.floor(context.nowMs / 1000)
  const blank: JsonObject = {
    type: 'pass',
    interface: [],
    ipprotocol: 'inet',
    protocol: null,
    icmptype: null,
    source: 'any',
    source_port: null,
    destination: 'any',
    destination_port: null,
    descr: '',
    disabled: false,
    log: false,
    dscp: null,
    tag: '',
    statetype: 'keep state',
    tcp_flags_any: false,
    tcp_flags_out_of: null,
    tcp_flags_set: null,
    gateway: null,
    sched: null,
    dnpipe: null,
    pdnpipe: null,
    defaultqueue: null,
    ackqueue: null,
    floating: false,
    quick: null,
    direction: null,
  }
  const stamp: JsonObject = {
    tracker: now,
    associated_rule_id: null,
    created_time: now,
    created_by: `@${context.peer} (API)`,
    updated_time: now,
    updated_by: `${context.actor}@${context.peer} (API)`,
  }
  return { ...blank, ...ownFields(body), ...stamp }
}

function changed(before: JsonObject, body: JsonObject): JsonObject {
  const merged = (name: string, value: Json): Json => {
    const old = before[name]
    if (!Array.isArray(old) || !Array.isArray(value)) return value
    if (body['append'] === true) return [...old, ...value]
    return body['remove'] === true ? old.filter((item) => !value.includes(item)) : value
  }
  return { ...before, ...Object.fromEntries(Object.entries(ownFields(body)).map(([name, value]) => [name, merged(name, value)])) }
}

function indexOf(body: JsonObject, rows: JsonObject[]): number {
  const id = body['id']
  if (id === undefined || id === null) throw idRequired()
  if (typeof id !== 'number' || rows[id] === undefined) throw notFound(String(id))
  return id
}

function keep(plural: string, rows: JsonObject[], context: WriteContext): void {
  if (!context.stores) return
  context.state.lists.set(plural, rows)
  context.state.changes += 1
  // A rule written through the package marks nothing dirty (recorded); an alias does.
  if (plural === '/firewall/aliases') context.state.pending = ['aliases']
}

/** One object: POST, PATCH or DELETE on a singular path. */
export function writeOne(method: string, path: string, body: JsonObject, context: WriteContext): JsonObject {
  const plural = SINGULAR[path] ?? ''
  const rows = [...(context.state.lists.get(plural) ?? [])]
  if (method === 'POST') {
    validate(path, body, rows, true)
    const made = created(path, body, context)
    const at = typeof body['placement'] === 'number' ? body['placement'] : rows.length
    keep(plural, rows.toSpliced(at, 0, made), context)
    return { id: at, ...made }
  }
  const index = indexOf(body, rows)
  const before = rows[index] ?? {}
  if (method === 'DELETE') {
    keep(plural, rows.toSpliced(index, 1), context)
    return { id: index, ...before }
  }
  validate(path, body, rows, false)
  const stamp: JsonObject =
    path === '/firewall/rule'
      ? { tag: before['tag'] ?? '', updated_time: Math.floor(context.nowMs / 1000), updated_by: `${context.actor}@${context.peer} (API)` }
      : {}
  const after = { ...stamp, ...changed({ ...before, ...stamp }, body) }
  const at = typeof body['placement'] === 'number' ? body['placement'] : index
  keep(plural, rows.toSpliced(index, 1).toSpliced(at, 0, after), context)
  return { id: at, ...after }
}

/** DELETE on a plural path: every match goes; an unknown field matches all, and one rule has to stay. */
export function deleteMany(plural: string, query: JsonObject, context: WriteContext): JsonObject[] {
  if (Object.keys(query).length === 0)
    throw new Refusal(400, 'MODEL_DELETE_MANY_REQUIRES_QUERY_PARAMS', 'At least one query parameter is required to perform mass deletion.')
  const matches = filtered(context.state.rows(plural), query)
  const ids = new Set(matches.map((row) => row['id']))
  const left = (context.state.lists.get(plural) ?? []).filter((_, id) => !ids.has(id))
  if (plural === '/firewall/rules' && left.length === 0) throw new Refusal(403, 'MODEL_MANY_MINIMUM_REACHED', 'At least one object is required.')
  keep(plural, left, context)
  return matches
}
