// A simulated OPNsense. Order of checks: route, session or key, access list on the raw URI, body, action.
import { readFileSync } from 'node:fs'
import { randomUUID } from 'node:crypto'
import type { RequestKind } from '../counts'
import { type Incoming, loginPage, type Reply } from '../exchange'
import { secondsLeft } from '../expiry'
import type { FamilyHost, SimulatedFamily } from '../family'
import { derivedBytes, numberedIp, numberedMac, numberedUuid, sized } from '../generate'
import { type Json, type JsonObject, objectOf, objectsOf, parseJson, textOf, tryParseJson } from '../json'
import type { AddOptions, Offer, PatchOptions, Size } from '../options'
import { queryPairs } from '../pfsense/query-string'
import { recordedBody, recordedObject } from '../recorded'
import { ApiKeys, type KeyOwner } from './accounts'
import { configXml, history } from './config-xml'
import { Firmware } from './firmware'
import { grid, gridParameters } from './grid'
import { mayCall } from './privileges'
import { download, emptyPage, failure, LENGTH_REQUIRED, notFound, ok, refusal, toLogin } from './replies'
import { key, readOf, type Route, routeOf } from './routes'
import { Rules } from './rules'
import { isAtLeast } from './version'

const LIMITED = ['page-diagnostics-arptable', 'page-firewall-rules']
const POINT_VERSIONS: Record<string, string> = { '25.1': '25.1', '25.7': '25.7', '26.1': '26.1', '26.7': '26.7.1_2' }
const OFFERS: Record<string, Offer> = { '25.1': { version: '25.1.1' }, '25.7': { version: '25.7.1' }, '26.1': { version: '26.1.1' }, '26.7': { version: '26.7.2' } }
/** POST is also how lists are asked for; only these words in an action change nothing. */
const READING = /^(search|get|list|find|query|changelog|log$|details|license|status_)/i

/** `null` = route unknown to this version. */
type Action = ((request: Incoming, route: Route, post: JsonObject, owner: KeyOwner) => Reply) | null

export class Opnsense implements SimulatedFamily {
  readonly credentials: JsonObject
  readonly limited: JsonObject
  readonly repliesPerConnection = 15
  readonly #host: FamilyHost
  readonly #keys: ApiKeys
  readonly #firmware: Firmware
  readonly #rules: Rules
  readonly #shape: string
  readonly #addedAtMs: number
  readonly #replies = new Map<string, Json>()
  readonly #madeUp: JsonObject
  readonly #actions = new Map<string, Exclude<Action, null>>()
  #size: Size = {}
  #changes = 0
  #canary: string | null = null

  constructor(host: FamilyHost, options: AddOptions) {
    const userOf = (name: string, privileges: string[]) => {
      const base64 = (purpose: string) => derivedBytes(host.name, `${purpose} ${name}`, 60).toString('base64')
      return { name, password: '', privileges, key: base64('key'), secret: base64('secret') }
    }
    const full = userOf('palisade', ['page-all'])
    const limited = userOf('palisade-limited', options.limitedPrivileges ?? LIMITED)
    const credentialsOf = (user: typeof full): JsonObject => ({ 'key-secret': { method: 'key-secret', key: user.key, secret: user.secret } })
    this.credentials = credentialsOf(full)
    this.limited = credentialsOf(limited)
    this.#host = host
    this.#addedAtMs = host.nowMs()
    this.#keys = new ApiKeys([full, limited, ...(options.users ?? [])])
    const version = options.pointVersion ?? POINT_VERSIONS[options.version] ?? options.version
    this.#shape = version
    this.#firmware = new Firmware(version, OFFERS[options.version] ?? null)
    this.#rules = new Rules(version)
    const madeUp = objectOf(objectOf(parseJson(readFileSync(new URL('./made-up.json', import.meta.url), 'utf8')))['rows'])
    this.#madeUp = Object.fromEntries(Object.entries(madeUp).map(([path, rows]) => [key(path), rows]))
    this.#defineActions()
  }

  isOnline(): boolean {
    return this.#firmware.isOnline(this.#host.nowMs())
  }

  kindOf(request: Incoming): RequestKind {
    const action = request.path.split('/')[4] ?? ''
    return request.method === 'GET' || READING.test(action) ? 'read' : 'write'
  }

  handle(request: Incoming): Reply {
    const route = routeOf(request.path)
    if (route === null) return loginPage('OPNsense')
    if (request.method === 'POST' && !request.hasLength) return LENGTH_REQUIRED
    const action = this.#actionOf(route)
    if (action === null) return notFound()
    const authorization = request.headers['authorization']
    if (authorization === undefined) return toLogin(request.path)
    const owner = this.#keys.ownerOf(authorization)
    this.#host.counter.authentication(owner !== null)
    if (owner === null) return refusal(401, 'Authentication Failed')
    if (!mayCall(owner.privileges, request.target, this.#shape)) return refusal(403, 'Forbidden')
    const post = this.#postOf(request)
    return post === null ? refusal(400, 'Invalid JSON syntax') : action(request, route, post, owner)
  }

  /** null: a JSON content type with an empty body, on whatever method. Broken JSON is an empty post. */
  #postOf(request: Incoming): JsonObject | null {
    const type = request.headers['content-type'] ?? ''
    const text = request.body.toString('utf8')
    if (/^application\/json(; charset=utf-8)?$/i.test(type)) return text === '' ? null : objectOf(tryParseJson(text))
    return type === 'application/x-www-form-urlencoded' ? Object.fromEntries(queryPairs(text)) : {}
  }

  #actionOf(route: Route): Action {
    const override = this.#replies.get(route.key)
    if (override !== undefined) return () => ok(override)
    const own = this.#actions.get(route.key)
    if (own !== undefined) return own
    const read = readOf(route.key, this.#shape)
    if (read === null) return null
    return (request, _route, post) => {
      const body = recordedBody('opnsense', read.recording)
      if (read.kind === 'plain') return ok(body)
      const { rows, total, rowCount, current, ...extra } = objectOf(body)
      const source = read.rowsFrom === null ? rows : this.#madeUp[read.rowsFrom]
      return ok(grid(objectsOf(source), gridParameters(read.kind === 'model' ? { ...this.#query(request), ...post } : post), extra))
    }
  }

  #query(request: Incoming): JsonObject {
    return Object.fromEntries(queryPairs(request.query))
  }

  #define(path: string, action: Exclude<Action, null>, since?: string): void {
    if (since === undefined || isAtLeast(this.#shape, since)) this.#actions.set(key(path), action)
  }

  #defineActions(): void {
    this.#defineFirmware()
    this.#define('core/menu/search', () => ok([]))
    this.#define('core/menu/tree', () => ok([]))
    this.#define('core/backup/backups', (_request, route) => this.#backups(route))
    this.#define('core/backup/download', (_request, route) => this.#download(route))
    this.#define('core/service/restart', (request, route) => ok(request.method === 'POST' && route.parameters.length > 0 ? { result: 'ok' } : { result: 'failed' }))
    this.#define('core/system/status', () => ok(this.#systemStatus()))
    this.#define('core/system/reboot', (request) => this.#reboot(request, { status: 'ok' }, { status: 'failed' }))
    this.#define('diagnostics/system/system_information', () => ok(this.#information()))
    this.#define('diagnostics/interface/get_arp', () => ok(this.#arp()))
    this.#define('diagnostics/interface/search_arp', (_request, _route, post) => ok(grid(this.#arp(), gridParameters(post))))
    this.#define('interfaces/overview/interfaces_info', (_request, route, post) => this.#interfaces(route, post))
    this.#define('firewall/alias/search_item', (request, _route, post) => this.#aliases({ ...this.#query(request), ...post }))
    this.#define('firewall/alias/reconfigure', (request) => this.#written(request, { status: 'ok' }, { status: 'failed' }))
    this.#define('firewall/alias_util/list', (_request, route) => (route.parameters[0] === undefined ? notFound() : ok(grid([], gridParameters({})))))
    this.#define('firewall/alias/add_item', () => ok({ result: 'failed' }))
    this.#define('firewall/filter/search_rule', (request, _route, post) => this.#searchRules(request, post))
    this.#define('firewall/filter/get_interface_list', () => ok(this.#interfaceList()), '25.1.5')
    this.#define('firewall/filter/toggle_rule', (request, route, _post, owner) => this.#toggleRule(request, route, owner))
    this.#define('firewall/filter/apply', (request) => this.#written(request, { status: 'OK\n\n' }, { status: 'error' }))
    this.#define('firewall/source_nat/search_rule', (request, _route, post) => this.#sourceNat({ ...this.#query(request), ...post }))
  }

  #defineFirmware(): void {
    const now = () => this.#host.nowMs()
    const started = () => ok({ msg_uuid: randomUUID(), status: 'ok' })
    const onPost = (act: () => void) => (request: Incoming): Reply => {
      if (request.method !== 'POST') return ok({ status: 'failure' })
      act()
      return started()
    }
    const update = onPost(() => {
      this.#host.counter.updateStart()
      this.#firmware.start('update', now())
    })
    this.#define('core/firmware/check', onPost(() => this.#firmware.start('check', now())))
    this.#define('core/firmware/update', update)
    this.#define('core/firmware/upgrade', update)
    this.#define('core/firmware/health', onPost(() => undefined))
    this.#define('core/firmware/audit', onPost(() => undefined))
    this.#define('core/firmware/reboot', (request) => this.#reboot(request, { status: 'ok', msg_uuid: randomUUID() }, { status: 'failure' }))
    this.#define('core/firmware/status', (request) => {
      if (request.method === 'POST') this.#firmware.checkNow(now())
      return ok(this.#firmware.status(now()))
    })
    this.#define('core/firmware/upgradestatus', () => ok(this.#firmware.upgradeStatus(now())))
    this.#define('core/firmware/running', () => ok({ status: this.#firmware.isBusy(now()) ? 'busy' : 'ready' }))
    this.#define('core/firmware/log', () => ok(this.#firmware.keptLog()))
    this.#define('core/firmware/info', () => ok(this.#firmware.adapted(recordedObject('opnsense', 'core-firmware-info'))))
    this.#define('core/firmware/changelog', (request, route) => this.#changelog(request, route))
    this.#define('core/firmware/set', (request, _route, post) => this.#firmwareSettings(request, post))
  }

  #changelog(request: Incoming, route: Route): Reply {
    const version = route.parameters[0]
    if (request.method !== 'POST' || version === undefined || !/^\d\d\.\d/.test(version)) return ok({ status: 'failure' })
    return ok({ ...recordedObject('opnsense', 'core-firmware-changelog'), version })
  }

  /** Saving settings throws the check result away. */
  #firmwareSettings(request: Incoming, post: JsonObject): Reply {
    const type = textOf(objectOf(post['firmware'])['type'])
    if (request.method !== 'POST' || !['', 'business', 'devel'].includes(type)) return ok(recordedBody('opnsense', 'core-firmware-set.invalid'))
    this.#firmware.forgetCheck()
    return this.#written(request, { status: 'ok' }, { status: 'failure' })
  }

  #reboot(request: Incoming, done: JsonObject, refused: JsonObject): Reply {
    if (request.method === 'POST') this.#firmware.reboot(this.#host.nowMs())
    return this.#written(request, done, refused)
  }

  #written(request: Incoming, done: JsonObject, refused: JsonObject): Reply {
    if (request.method !== 'POST') return ok(refused)
    this.#host.counter.write({ method: request.method, path: request.path, body: request.body.toString('utf8') })
    return ok(done)
  }

  #backups(route: Route): Reply {
    if (route.parameters[0] === undefined) return notFound()
    if (route.parameters[0] !== 'this') return ok({ items: [] })
    const describe = (entry: { id: string; timeSeconds: number }): JsonObject => ({
      time: `${entry.timeSeconds}.97`, time_iso: new Date(entry.timeSeconds * 1000).toISOString().replace(/\.\d+Z$/, '+00:00'),
      description: '/api/firewall/filter/toggle_rule made changes', username: 'root@127.0.0.1', filesize: 28_079, id: entry.id,
    })
    return ok({ items: history(this.#changes).map(describe) })
  }

  #download(route: Route): Reply {
    const [, wanted] = route.parameters
    const entry = history(this.#changes).find((candidate) => wanted === undefined || candidate.id === wanted)
    if (entry === undefined) return emptyPage()
    const xml = configXml(this.#host.name, this.#firmware.version(this.#host.nowMs()), entry, this.#canary)
    return download(`config-${this.#host.name}.example.internal-${entry.id.replace(/^config-/, '')}`, xml)
  }

  /** Up to 25.1.0 a flat map. */
  #systemStatus(): Json {
    const body = recordedObject('opnsense', 'core-system-status')
    if (isAtLeast(this.#shape, '25.1.1')) return body
    const problem = objectOf(objectOf(body['subsystems'])['firewall'])
    const { statusCode = null, message = null, timestamp = null, age = null, location = null } = problem
    return { Firewall: { statusCode, message, logLocation: location, timestamp, status: 'Error', age }, System: { status: 'Error' } }
  }

  #information(): JsonObject {
    return { ...this.#firmware.adapted(recordedObject('opnsense', 'diagnostics-system-system_information')), name: `${this.#host.name}.example.internal` }
  }

  #arp(): JsonObject[] {
    const seeds = objectsOf(recordedBody('opnsense', 'diagnostics-interface-get_arp'))
    const elapsedMs = this.#host.nowMs() - this.#addedAtMs
    const made = (index: number): JsonObject => ({ ...seeds[1], ip: numberedIp(index), mac: numberedMac(index), hostname: `host-${index}`, expires: 60 + (index % 1100) })
    return sized(seeds, this.#size.arp, made).map((row) => (row['permanent'] === true || row['expired'] === true ? row : { ...row, expires: secondsLeft(Number(row['expires']), elapsedMs) }))
  }

  #interfaces(route: Route, post: JsonObject): Reply {
    const recording = route.parameters[0] === '1' ? 'interfaces-overview-interfaces_info.details' : 'interfaces-overview-interfaces_info'
    return ok(grid(objectsOf(recordedObject('opnsense', recording)['rows']), gridParameters(post)))
  }

  #aliases(parameters: JsonObject): Reply {
    const prefix = ['25.1', '25.7', '26.1'].find((series) => this.#shape.startsWith(series))
    const seeds = objectsOf(recordedObject('opnsense', `${prefix === undefined ? '' : `v${prefix}-`}firewall-alias-search_item`)['rows'])
    const made = (index: number): JsonObject => ({ ...seeds[0], uuid: numberedUuid('alias', index), name: `generated_${index}`, content: numberedIp(index), description: `Generated alias ${index}` })
    const types = parameters['type']
    const wanted = Array.isArray(types) ? types : undefined
    return ok(grid(sized(seeds, this.#size.aliases, made).filter((row) => wanted === undefined || wanted.includes(row['type'] ?? '')), gridParameters(parameters)))
  }

  #searchRules(request: Incoming, post: JsonObject): Reply {
    const parameters = { ...this.#query(request), ...post }
    const wanted = parameters['interface']
    const rows = this.#rules.list(wanted === undefined ? undefined : textOf(wanted), textOf(parameters['show_all']) === '1')
    return ok(grid(rows, gridParameters(isAtLeast(this.#shape, '25.1.5') ? post : parameters)))
  }

  /** 25.x has the same idea without the section for any interface. */
  #interfaceList(): JsonObject {
    const { any, ...sections } = recordedObject('opnsense', 'firewall-filter-get_interface_list')
    return isAtLeast(this.#shape, '26.1') ? { ...sections, any: any ?? {} } : sections
  }

  /** Automatic rules are listed from 26.7 on. */
  #sourceNat(parameters: JsonObject): Reply {
    const rows = objectsOf(recordedObject('opnsense', 'firewall-source_nat-search_rule')['rows'])
    return ok(grid(isAtLeast(this.#shape, '26.7') ? rows : rows.filter((row) => row['is_automatic'] !== true), gridParameters(parameters)))
  }

  /** Up to 26.1 the read-only privilege is not recognised beside another one: the write happens. */
  #toggleRule(request: Incoming, route: Route, owner: KeyOwner): Reply {
    const rule = this.#rules.find(route.parameters[0] ?? '')
    if (request.method !== 'POST' || rule === undefined) return ok({ result: 'failed' })
    const readOnly = owner.privileges.has('user-config-readonly') && (owner.privileges.size === 1 || isAtLeast(this.#shape, '26.7'))
    if (readOnly) return failure(500, { errorMessage: `User ${owner.name} denied for write access (user-config-readonly set)`, errorTitle: 'General access', ...(isAtLeast(this.#shape, '26.7') && { errorLevel: 'error' }) })
    rule['enabled'] = route.parameters[1] ?? (rule['enabled'] === '1' ? '0' : '1')
    this.#changes += 1
    return this.#written(request, { result: rule['enabled'] === '1' ? 'Enabled' : 'Disabled', changed: true }, {})
  }

  patch(options: PatchOptions): void {
    const nowMs = this.#host.nowMs()
    for (const [user, privileges] of Object.entries(options.privileges ?? {})) this.#keys.setPrivileges(user, privileges)
    for (const [path, body] of Object.entries(options.replies ?? {})) {
      const routeKey = routeOf(path)?.key ?? path
      if (body === null) this.#replies.delete(routeKey)
      else this.#replies.set(routeKey, body)
    }
    if (options.revoke !== undefined) this.#keys.revoke(options.revoke)
    if (options.size !== undefined) {
      this.#size = options.size
      this.#rules.resize(options.size.rules)
    }
    if (options.offer !== undefined) this.#firmware.offer = options.offer
    this.#firmware.durationsMs = { ...this.#firmware.durationsMs, ...options.durationsMs }
    if (options.checked === true) this.#firmware.checkNow(nowMs)
    if (options.checked === false) this.#firmware.forgetCheck()
    if (options.startUpdate === true) this.#firmware.start('update', nowMs)
    this.#canary = options.plantSecrets ?? this.#canary
  }
}
