// Writes on rules, aliases and the package's own settings (contract sections 6 and 7).
import type { Reply } from '../exchange'
import { isObject, type Json, type JsonObject, textOf } from '../json'
import type { Settings } from '../options'
import { answer, ok } from './envelope'
import type { V1State } from './state'

export type WriteContext = { state: V1State; stores: boolean; nowMs: number; actor: string; peer: string }

/** "lanip" is an address of the firewall, "lan" its network, anything else an address or alias. */
function endpointOf(value: Json | undefined, port: Json | undefined): JsonObject {
  const text = textOf(value)
  const where: JsonObject = text === 'any' || text === '' ? { any: '' } : /^(wan|lan|opt\d+)(ip)?$/.test(text) ? { network: text } : { address: text }
  return textOf(port) === '' || port === 'any' ? where : { ...where, port: textOf(port) }
}

function ruleFields(body: JsonObject): JsonObject {
  const fields: JsonObject = {}
  for (const name of ['type', 'interface', 'ipprotocol', 'protocol']) if (body[name] !== undefined) fields[name] = body[name]
  if (body['src'] !== undefined) fields['source'] = endpointOf(body['src'], body['srcport'])
  if (body['dst'] !== undefined) fields['destination'] = endpointOf(body['dst'], body['dstport'])
  if (body['descr'] !== undefined) fields['descr'] = body['descr']
  for (const name of ['log', 'disabled']) if (body[name] === true) fields[name] = ''
  return fields
}

/** config.xml keeps text only: a number in a reply to a write is text when it is read again. */
const stored = (value: Json): Json => {
  if (typeof value === 'number') return String(value)
  if (Array.isArray(value)) return value.map(stored)
  return isObject(value) ? Object.fromEntries(Object.entries(value).map(([name, item]) => [name, stored(item)])) : value
}

function keep(path: string, rows: JsonObject[], context: WriteContext): void {
  if (!context.stores) return
  context.state.data.set(path, rows.map(stored))
  context.state.changes += 1
}

export function createRule(body: JsonObject, bypass: boolean, context: WriteContext): Reply {
  if (body['type'] === undefined) return answer(4033)
  if (body['interface'] === undefined) return answer(4034)
  if (bypass) return answer(15)
  const now = Math.floor(context.nowMs / 1000)
  const stamp = { time: now, username: `${context.actor}@${context.peer} (API)` }
  const rule: JsonObject = { ...ruleFields(body), tracker: now, created: stamp, updated: { ...stamp } }
  const rows = context.state.list('/firewall/rule')
  keep('/firewall/rule', body['top'] === true ? [rule, ...rows] : [...rows, rule], context)
  return ok(rule)
}

export function changeRule(method: string, body: JsonObject, bypass: boolean, context: WriteContext): Reply {
  if (body['tracker'] === undefined) return answer(4031)
  const rows = context.state.list('/firewall/rule')
  const index = rows.findIndex((row) => Number(row['tracker']) === Number(body['tracker']))
  const before = rows[index]
  if (before === undefined) return answer(4032)
  if (bypass) return answer(15)
  const rest = rows.toSpliced(index, 1)
  if (method === 'DELETE') {
    keep('/firewall/rule', rest, context)
    return ok(before)
  }
  const updated = { time: Math.floor(context.nowMs / 1000), username: `${context.actor}@${context.peer} (API)` }
  const after: JsonObject = { ...before, ...ruleFields(body), updated }
  for (const name of ['log', 'disabled']) if (body[name] === false) delete after[name]
  keep('/firewall/rule', body['top'] === true ? [after, ...rest] : rest.toSpliced(index, 0, after), context)
  return ok(after)
}

const joined = (value: Json | undefined, by: string) => (Array.isArray(value) ? value.map(textOf).join(by) : textOf(value))

export function writeAlias(method: string, body: JsonObject, bypass: boolean, context: WriteContext): Reply {
  const rows = context.state.list('/firewall/alias')
  if (method === 'POST') {
    if (textOf(body['name']) === '') return answer(4050)
    if (bypass) return answer(15)
    const made = {
      name: textOf(body['name']),
      type: textOf(body['type']),
      address: joined(body['address'], ' '),
      detail: joined(body['detail'], '||'),
      descr: textOf(body['descr']),
    }
    keep('/firewall/alias', [...rows, made], context)
    return ok(made)
  }
  const index = rows.findIndex((row, position) => row['name'] === body['id'] || String(position) === textOf(body['id']))
  const before = rows[index]
  if (before === undefined) return answer(4055)
  if (bypass) return answer(15)
  const after: JsonObject = { ...before }
  for (const name of ['name', 'type', 'descr']) if (body[name] !== undefined) after[name] = textOf(body[name])
  if (body['address'] !== undefined) after['address'] = joined(body['address'], ' ')
  keep('/firewall/alias', method === 'DELETE' ? rows.toSpliced(index, 1) : rows.toSpliced(index, 1, after), context)
  return ok(method === 'DELETE' ? before : after)
}

export function changeSettings(body: JsonObject, context: WriteContext): Reply {
  const settings: Settings = {}
  if (typeof body['enable'] === 'boolean') settings.enabled = body['enable']
  if (typeof body['readonly'] === 'boolean') settings.read_only = body['readonly']
  const mode = body['authmode']
  if (mode === 'local' || mode === 'jwt' || mode === 'token') settings.authmode = mode
  if (context.stores) context.state.apply(settings)
  const api = context.state.object('/system/api')
  return ok(isObject(api) ? structuredClone(api) : [])
}
