// A simulated OPNsense. Order of checks: route, session or key, access list on the raw URI, body, action.
import { Configuration, type ConfigurationEntry } from '../configuration'
import type { RequestKind } from '../counts'
import { type Incoming, loginPage, type Reply } from '../exchange'
import type { FamilyHost, Presence, SimulatedFamily } from '../family'
import { derivedBytes } from '../generate'
import { type Json, type JsonObject, objectOf, objectsOf, textOf, tryParseJson } from '../json'
import type { AddOptions, Offer, PatchOptions, Size } from '../options'
import { queryPairs } from '../pfsense/query-string'
import { madeUp, recordedBody, recordedObject } from '../recorded'
import { ApiKeys, type KeyOwner } from './accounts'
import { configXml, idOf, seedOf } from './config-xml'
import { Firmware } from './firmware'
import { firmwareRoutes } from './firmware-routes'
import { grid, gridParameters } from './grid'
import { aliasRows, arpRows, CPU_TYPE, interfaceList, interfaceRows, SOURCE_NAT_MODE, sourceNatRows, systemStatus } from './lists'
import { mayCall } from './privileges'
import { download, emptyPage, failure, LENGTH_REQUIRED, notFound, ok, refusal, toLogin } from './replies'
import { type Action, key, readOf, type Route, routeOf } from './routes'
import { ruleItem } from './rule-item'
import { Rules } from './rules'
import { isAtLeast } from './version'

const LIMITED = ['page-diagnostics-arptable', 'page-firewall-rules']
const POINT_VERSIONS: Record<string, string> = { '26.7': '26.7.1_2' }
const OFFERS: Record<string, Offer> = {
  '25.1': { version: '25.1.1' },
  '25.7': { version: '25.7.1' },
  '26.1': { version: '26.1.1' },
  '26.7': { version: '26.7.2' },
}
const GATEWAYS = key('routes/gateway/status')
const ROLES = key('diagnostics/interface/get_vip_status')
const DISKS = key('diagnostics/system/system_disk')
/** POST is also how lists are asked for; only these words in an action change nothing. */
const READING = /^(search|get|list|find|query|changelog|log$|details|license)/i

export class Opnsense implements SimulatedFamily {
  readonly credentials: JsonObject
  readonly limited: JsonObject
  readonly repliesPerConnection = 15
  readonly #host: FamilyHost
  readonly #keys: ApiKeys
  readonly #firmware: Firmware
  readonly #rules: Rules
  readonly #configuration: Configuration
  /** The version the replies have the shape of; an update changes only what the firewall says of itself. */
  readonly #shape: string
  readonly #addedAtMs: number
  readonly #replies = new Map<string, Json>()
  readonly #madeUp: JsonObject
  readonly #actions: ReadonlyMap<string, Action>
  #addedAliases: JsonObject[] = []
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
    this.#shape = options.pointVersion ?? POINT_VERSIONS[options.version] ?? options.version
    this.#firmware = new Firmware(this.#shape, OFFERS[options.version] ?? null, host.counter, host.nowMs())
    this.#rules = new Rules(this.#shape)
    this.#configuration = new Configuration(seedOf(host.name))
    this.#madeUp = Object.fromEntries(Object.entries(objectOf(madeUp('opnsense')['rows'])).map(([path, rows]) => [key(path), rows]))
    const actions = { ...firmwareRoutes(host, this.#firmware), ...this.#coreActions(), ...this.#firewallActions() }
    this.#actions = new Map(Object.entries(actions).map(([path, action]) => [key(path), action]))
  }

  presence(): Presence {
    this.#firmware.settle(this.#host.nowMs())
    return this.#firmware.job.presence(this.#host.nowMs())
  }

  kindOf(request: Incoming): RequestKind {
    const action = request.path.split('/')[4] ?? ''
    return request.method === 'GET' || READING.test(action) ? 'read' : 'write'
  }

  handle(request: Incoming): Reply {
    const booting = this.#firmware.job.bootingReply(this.#host.nowMs(), refusal(401, 'Authentication Failed'))
    if (booting !== null) return booting.status === 401 ? this.#refusedWhileBooting(request, booting) : booting
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

  /** Users are not known yet; without a credential it sends to the sign-in page as always. */
  #refusedWhileBooting(request: Incoming, refused: Reply): Reply {
    if (request.headers['authorization'] === undefined) return toLogin(request.path)
    this.#host.counter.authentication(false)
    return refused
  }

  /** null: a JSON content type with an empty body, on whatever method. Broken JSON is an empty post. */
  #postOf(request: Incoming): JsonObject | null {
    const type = request.headers['content-type'] ?? ''
    const text = request.body.toString('utf8')
    if (/^application\/json(; charset=utf-8)?$/i.test(type)) return text === '' ? null : objectOf(tryParseJson(text))
    return type === 'application/x-www-form-urlencoded' ? Object.fromEntries(queryPairs(text)) : {}
  }

  /** null: this version has no such route. */
  #actionOf(route: Route): Action | null {
    const override = this.#replies.get(route.key)
    if (override !== undefined) return () => ok(this.#unwell(route.key, override))
    const own = this.#actions.get(route.key)
    if (own !== undefined) return own
    const read = readOf(route.key, this.#shape)
    if (read === null) return null
    return (request, _route, post) => {
      const body = this.#unwell(route.key, recordedBody('opnsense', read.recording))
      if (read.kind === 'plain') return ok(body)
      const { rows, total: _total, rowCount: _rowCount, current: _current, ...extra } = objectOf(body)
      const source = read.rowsFrom === null ? rows : this.#madeUp[read.rowsFrom]
      return ok(grid(objectsOf(source), gridParameters(read.kind === 'model' ? this.#merged(request, post) : post), extra))
    }
  }

  /** Model grids take their parameters from either place. */
  #merged(request: Incoming, post: JsonObject): JsonObject {
    return { ...Object.fromEntries(queryPairs(request.query)), ...post }
  }

  #coreActions(): Record<string, Action> {
    const arp = () => arpRows(this.#size.arp, this.#host.nowMs() - this.#addedAtMs)
    return {
      'core/menu/search': () => ok([]),
      'core/menu/tree': () => ok([]),
      'core/backup/backups': (_request, route) => this.#backups(route),
      'core/backup/download': (_request, route) => this.#download(route),
      'core/backup/revert_backup': (request, route) => this.#revert(request, route),
      'core/service/restart': (request, route) => ok({ result: request.method === 'POST' && route.parameters.length > 0 ? 'ok' : 'failed' }),
      'core/system/status': () => ok(systemStatus(this.#shape, this.#firmware.job.health.rulesLoaded)),
      'core/system/reboot': (request) => {
        if (request.method === 'POST') this.#firmware.reboot(this.#host.nowMs())
        return this.#written(request, { status: 'ok' }, { status: 'failed' })
      },
      'diagnostics/system/system_information': () => ok(this.#information()),
      'diagnostics/system/system_time': () => ok(this.#time()),
      'diagnostics/cpu_usage/getCPUType': () => ok(CPU_TYPE),
      'diagnostics/interface/get_arp': () => ok(arp()),
      'diagnostics/interface/search_arp': (_request, _route, post) => ok(grid(arp(), gridParameters(post))),
      'interfaces/overview/interfaces_info': (_request, route, post) => ok(grid(interfaceRows(route.parameters[0] === '1'), gridParameters(post))),
    }
  }

  #firewallActions(): Record<string, Action> {
    const since: [string, string, Action][] = [
      ['25.1.5', 'firewall/filter/get_interface_list', () => ok(interfaceList(this.#shape))],
      ['26.7', 'firewall/source_nat/get', () => ok(SOURCE_NAT_MODE)],
    ]
    return {
      'firewall/alias/search_item': (request, _route, post) => this.#aliases(this.#merged(request, post)),
      'firewall/alias/add_item': (request, _route, post) => this.#addAlias(request, objectOf(post['alias'])),
      'firewall/alias/reconfigure': (request) => this.#written(request, { status: 'ok' }, { status: 'failed' }),
      'firewall/alias_util/list': (_request, route) => (route.parameters[0] === undefined ? notFound() : ok(grid([], gridParameters({})))),
      'firewall/filter/search_rule': (request, _route, post) => this.#searchRules(request, post),
      'firewall/filter/get_rule': (_request, route) => this.#ruleItem(route.parameters[0]),
      'firewall/filter/toggle_rule': (request, route, _post, owner) => this.#toggleRule(request, route, owner),
      'firewall/filter/apply': (request) => this.#written(request, { status: 'OK\n\n' }, { status: 'error' }),
      'firewall/source_nat/search_rule': (request, _route, post) => ok(grid(sourceNatRows(this.#shape), gridParameters(this.#merged(request, post)))),
      ...Object.fromEntries(since.filter(([version]) => isAtLeast(this.#shape, version)).map(([, path, action]) => [path, action])),
    }
  }

  #written(request: Incoming, done: JsonObject, refused: JsonObject): Reply {
    if (request.method !== 'POST') return ok(refused)
    this.#host.counter.write({ method: request.method, path: request.path, body: request.body.toString('utf8') })
    return ok(done)
  }

  #backups(route: Route): Reply {
    if (route.parameters[0] === undefined) return notFound()
    if (route.parameters[0] !== 'this') return ok({ items: [] })
    const version = this.#firmware.version(this.#host.nowMs())
    const describe = (entry: ConfigurationEntry): JsonObject => ({
      time: `${entry.timeSeconds}.97`,
      time_iso: new Date(entry.timeSeconds * 1000).toISOString().replace(/\.\d+Z$/, '+00:00'),
      description: entry.note,
      username: entry.by,
      filesize: Buffer.byteLength(configXml(entry, version, this.#canary)),
      id: idOf(entry),
    })
    return ok({ items: this.#configuration.entries(this.#changes).map(describe) })
  }

  /** Replaces the configuration and reloads nothing. */
  #revert(request: Incoming, route: Route): Reply {
    const entry = this.#configuration.entries(this.#changes).find((candidate) => idOf(candidate) === route.parameters[0])
    if (entry === undefined) return ok({ status: 'not_found' })
    if (request.method === 'POST') this.#configuration.restore(entry, 'palisade@127.0.0.1', `/api/core/backup/revert_backup/${idOf(entry)} made changes`)
    return this.#written(request, { status: 'reverted' }, { status: 'failed' })
  }

  #download(route: Route): Reply {
    const [, wanted] = route.parameters
    const entry = this.#configuration.entries(this.#changes).find((candidate) => wanted === undefined || idOf(candidate) === wanted)
    if (entry === undefined) return emptyPage()
    const xml = configXml(entry, this.#firmware.version(this.#host.nowMs()), this.#canary)
    return download(`config-${this.#host.name}.example.internal-${idOf(entry).replace(/^config-/, '')}`, xml)
  }

  #information(): JsonObject {
    return { ...this.#firmware.adapted(recordedObject('opnsense', 'diagnostics-system-system_information')), name: `${this.#host.name}.example.internal` }
  }

  /** What an update left behind shows in these. */
  #unwell(routeKey: string, body: Json): Json {
    const { health } = this.#firmware.job
    const object = objectOf(body)
    if (routeKey === GATEWAYS) return { ...object, items: health.gateways(object['items'] ?? [], { status: 'down', loss: '100.0 %', delay: '~', status_translated: 'Offline' }) }
    if (routeKey === ROLES) return { ...object, rows: health.carp(object['rows'] ?? [], 'status', (role) => role.toUpperCase()) }
    if (routeKey !== DISKS || !health.diskFull) return body
    return { devices: objectsOf(object['devices']).map((device) => ({ ...device, available: '0B', used_pct: 100 })) }
  }

  #time(): JsonObject {
    const recorded = recordedObject('opnsense', 'diagnostics-system-system_time')
    const seconds = this.#firmware.job.uptimeSeconds(this.#host.nowMs())
    const clock = [Math.floor(seconds / 3600) % 24, Math.floor(seconds / 60) % 60, seconds % 60].map((part) => String(part).padStart(2, '0')).join(':')
    return { ...recorded, uptime: seconds < 86_400 ? clock : `${Math.floor(seconds / 86_400)} days, ${clock}` }
  }

  #aliases(parameters: JsonObject): Reply {
    const types = parameters['type']
    const rows = [...aliasRows(this.#shape, this.#size.aliases), ...this.#addedAliases]
    return ok(grid(Array.isArray(types) ? rows.filter((row) => types.includes(row['type'] ?? '')) : rows, gridParameters(parameters)))
  }

  /** Without the envelope there is no name, which is how a body that was not understood shows. */
  #addAlias(request: Incoming, alias: JsonObject): Reply {
    if (textOf(alias['name']) === '') return ok({ result: 'failed' })
    const uuid = derivedBytes(this.#host.name, `alias ${this.#addedAliases.length}`, 16)
      .toString('hex')
      .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
    this.#addedAliases = [...this.#addedAliases, { ...aliasRows(this.#shape, undefined)[0], ...alias, uuid }]
    this.#changes += 1
    return this.#written(request, { result: 'saved', uuid }, { result: 'failed' })
  }

  #searchRules(request: Incoming, post: JsonObject): Reply {
    const parameters = this.#merged(request, post)
    const wanted = parameters['interface']
    const rows = this.#rules.list(wanted === undefined ? undefined : textOf(wanted), textOf(parameters['show_all']) === '1')
    return ok(grid(rows, gridParameters(isAtLeast(this.#shape, '25.1.5') ? post : parameters)))
  }

  /** An unknown uuid is an empty map, which PHP writes as a list. */
  /** Without an id the template for a new rule. */
  #ruleItem(uuid: string | undefined): Reply {
    if (uuid === undefined) return ok(recordedBody('opnsense', 'firewall-filter-get_rule.template'))
    const row = this.#rules.shown(uuid)
    return ok(row === undefined ? [] : ruleItem(row, this.#shape))
  }

  /** Up to 26.1 the read-only privilege is not recognised beside another one: the write happens. */
  #toggleRule(request: Incoming, route: Route, owner: KeyOwner): Reply {
    const [uuid = '', wanted] = route.parameters
    if (uuid.includes(',') && wanted === undefined) {
      return failure(500, {
        errorMessage: 'Toggle with a list of items in only supported for explicit actions [0,1]',
        errorTitle: 'Toggle',
        errorLevel: 'error',
      })
    }
    const rule = this.#rules.find(uuid)
    if (request.method !== 'POST' || rule === undefined) return ok({ result: 'failed' })
    const newest = isAtLeast(this.#shape, '26.7')
    if (owner.privileges.has('user-config-readonly') && (owner.privileges.size === 1 || newest)) {
      return failure(500, {
        errorMessage: `User ${owner.name} denied for write access (user-config-readonly set)`,
        errorTitle: 'General access',
        ...(newest && { errorLevel: 'error' }),
      })
    }
    const before = rule['enabled'] ?? ''
    rule['enabled'] = wanted ?? (before === '1' ? '0' : '1')
    this.#changes += 1
    return this.#written(request, { result: rule['enabled'] === '1' ? 'Enabled' : 'Disabled', changed: rule['enabled'] !== before }, {})
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
    this.#firmware.patch(options, nowMs)
    this.#canary = options.plantSecrets ?? this.#canary
    if (options.configuration !== undefined) this.#configuration.patch(options.configuration, this.#changes)
  }
}
