// A simulated pfSense with the legacy API package v1. One authentication mode at a time; replies are config.xml's own text.
import { createHash } from 'node:crypto'
import { Configuration } from '../configuration'
import type { RequestKind } from '../counts'
import { basicCredential, type Incoming, loginPage, NGINX_404, type Reply } from '../exchange'
import { agedText } from '../expiry'
import type { FamilyHost, Presence, SimulatedFamily } from '../family'
import { derivedBytes, derivedHex } from '../generate'
import { isObject, type Json, type JsonObject, listOf, objectOf, textOf, tryParseJson } from '../json'
import type { AddOptions, PatchOptions } from '../options'
import { type Account, Accounts } from '../pfsense/accounts'
import { configJson, configXml, historyRows, seedOf } from '../pfsense/config-xml'
import { issueJwt, userOfJwt } from '../pfsense/jwt'
import { queryPairs } from '../pfsense/query-string'
import { runCommand } from '../pfsense/shell'
import { bootingReply, diskPercent } from '../pfsense/status'
import { BaseUpgrade } from '../pfsense/upgrade'
import { endpointTable, recordedData } from '../recorded'
import { answer, CRASH_REPLY, EMPTY_REPLY, OFF_REPLY, ok } from './envelope'
import { isSingleObject, queried, v1Guess } from './query'
import { V1State } from './state'
import { changeRule, changeSettings, createRule, writeAlias, type WriteContext } from './writes'

const PREFIX = '/api/v1'
const LIMITED = ['page-firewall-rules', 'page-diagnostics-arptable']
const FORM = 'application/x-www-form-urlencoded'
const NOT_CONDITIONS: Record<string, string[]> = { '/system/version/upgrade': ['use_cache'], '/system/package': ['all'] }

export class PfsenseV1 implements SimulatedFamily {
  readonly credentials: JsonObject
  readonly limited: JsonObject
  readonly repliesPerConnection = null
  readonly #host: FamilyHost
  readonly #state: V1State
  readonly #accounts: Accounts
  readonly #upgrade: BaseUpgrade
  readonly #jwtKey: Buffer
  /** 1.5: no dry run, strict comparison, PHP 7. */
  readonly #modern: boolean
  readonly #endpoints = endpointTable('pfsense-v1')
  readonly #replies = new Map<string, Json>()
  readonly #commands = new Map<string, { output: string; resultCode: number }>()
  readonly #configuration: Configuration
  #interfaceAllowed = true
  #accessListAllows = true
  #latestPackage: string | null = null
  #canary: string | null = null
  readonly #addedAtMs: number

  constructor(host: FamilyHost, options: AddOptions) {
    const full = { name: 'palisade', password: derivedHex(host.name, 'password palisade', 12), privileges: ['page-all'] }
    const limited = {
      name: 'palisade-limited',
      password: derivedHex(host.name, 'password palisade-limited', 12),
      privileges: options.limitedPrivileges ?? LIMITED,
    }
    this.#accounts = new Accounts(host.name, [full, limited, ...(options.users ?? [])])
    const credentialsOf = (user: typeof full): JsonObject => ({
      basic: { method: 'basic', username: user.name, password: user.password },
      jwt: { method: 'jwt', username: user.name, password: user.password },
      token: { method: 'token', ...this.#accounts.issueToken(user.name) },
    })
    this.credentials = credentialsOf(full)
    this.limited = credentialsOf(limited)
    this.#host = host
    this.#addedAtMs = host.nowMs()
    this.#modern = options.version !== '1.5'
    this.#state = new V1State(host.name)
    this.#configuration = new Configuration(seedOf(host.name))
    this.#upgrade = new BaseUpgrade(options.pointVersion ?? (this.#modern ? '2.7.1' : '2.5.2'), { version: this.#modern ? '2.7.2' : '2.6.0' }, host.counter, host.nowMs())
    this.#jwtKey = derivedBytes(host.name, 'jwt key', 32)
  }

  presence(): Presence {
    return this.#upgrade.job.presence(this.#host.nowMs())
  }

  kindOf(request: Incoming): RequestKind {
    if (request.path === `${PREFIX}/access_token`) return 'token'
    return request.method === 'GET' ? 'read' : 'write'
  }

  handle(request: Incoming): Reply {
    const booting = bootingReply(this.#upgrade, this.#host.nowMs())
    if (booting !== null) return booting
    const path = request.path.startsWith(`${PREFIX}/`) ? request.path.slice(PREFIX.length).replace(/\/$/, '') : null
    if (path === null) return request.path === '/' ? loginPage('pfSense') : NGINX_404
    const methods = this.#endpoints[`${PREFIX}${path}`]
    if (!this.#upgrade.packageInstalled || !isObject(methods)) return NGINX_404
    const settings = this.#state.object('/system/api')
    if (settings['enable'] === undefined) return OFF_REPLY
    const privileges = methods[request.method]
    if (privileges === undefined) return answer(2)
    if (!this.#interfaceAllowed) return answer(6)
    const type = request.headers['content-type']
    if (type !== undefined && type !== 'application/json' && type !== FORM) return answer(11)
    const account = this.#authenticated(request, path, settings)
    if (account === null) return answer(3)
    if (path === '/access_token') return this.#accessToken(account, settings)
    const allowed = listOf(privileges).some((name) => account.privileges.has(textOf(name)))
    if (!allowed || !this.#accessListAllows || (settings['readonly'] !== undefined && request.method !== 'GET')) return answer(4)
    const parameters = this.#parameters(request)
    return request.method === 'GET' ? this.#read(path, parameters) : this.#write(request, path, parameters, account)
  }

  #authenticated(request: Incoming, path: string, settings: JsonObject): Account | null {
    const header = request.headers['authorization']
    const mode = path === '/access_token' ? 'local' : textOf(settings['authmode'])
    const nowMs = this.#host.nowMs()
    const account = header === undefined ? null : this.#accountBy(mode, header, nowMs)
    if (header === undefined) this.#host.counter.missingCredential()
    else this.#host.counter.authentication(account !== null)
    const guarded = settings['enable_login_protection'] !== undefined
    if (account === null && guarded && this.#host.lockout.fail(request.peer, nowMs)) this.#host.dropConnections(request.peer)
    return account
  }

  #accountBy(mode: string, header: string, nowMs: number): Account | null {
    if (mode === 'local') {
      const sent = basicCredential(header)
      return sent === null ? null : this.#accounts.byPassword(sent.name, sent.password)
    }
    const [first = '', second = ''] = header.split(' ')
    if (mode === 'token') return this.#accounts.byToken(first, second)
    const user = first === 'Bearer' ? userOfJwt(second, this.#jwtKey, nowMs) : null
    return user === null ? null : this.#accounts.active(user)
  }

  /** Token mode makes a new permanent pair at every call. */
  #accessToken(account: Account, settings: JsonObject): Reply {
    if (settings['authmode'] === 'local') return answer(9)
    if (settings['authmode'] === 'jwt')
      return ok({ token: issueJwt(this.#jwtKey, this.#host.name, account.name, this.#host.nowMs(), Number(settings['jwt_exp'])) })
    const { clientId, clientToken } = this.#accounts.issueToken(account.name)
    const shown = { client_id: clientId, client_token: createHash('sha256').update(clientToken).digest('hex'), algo: 'sha256' }
    this.#state.data.set('/system/api', { ...settings, keys: { key: [...listOf(objectOf(settings['keys'])['key']), shown] } })
    return ok({ 'client-id': clientId, 'client-token': clientToken })
  }

  /** Broken JSON is an empty request; with a JSON type the query string is not looked at. */
  #parameters(request: Incoming): JsonObject {
    const body = () => objectOf(tryParseJson(request.body.toString('utf8')))
    if (request.headers['content-type'] === 'application/json' || request.query === '') return body()
    return Object.fromEntries(queryPairs(request.query).map(([name, value]) => [name, Array.isArray(value) ? value.map(v1Guess) : v1Guess(value)]))
  }

  #read(path: string, parameters: JsonObject): Reply {
    const told = this.#replies.get(`${PREFIX}${path}`) ?? this.#computed(path) ?? this.#state.data.get(path)
    if (told === undefined) return answer(10)
    const data = this.#unwell(path, told)
    const conditions = Object.fromEntries(Object.entries(parameters).filter(([name]) => !NOT_CONDITIONS[path]?.includes(name)))
    if (Object.keys(conditions).length === 0) return ok(data)
    if (isSingleObject(data)) return this.#modern ? CRASH_REPLY : ok([])
    return ok(queried(listOf(data), conditions, !this.#modern))
  }

  /** What an update left behind shows in these. */
  #unwell(path: string, value: Json): Json {
    const { health } = this.#upgrade.job
    if (path === '/status/gateway') return health.gateways(value, { status: 'down', substatus: 'down', loss: 100 })
    const object = objectOf(value)
    if (path === '/status/carp') return { ...object, interfaces: health.carp(object['interfaces'] ?? [], 'status') }
    return path === '/status/system' ? { ...object, disk_usage: diskPercent(this.#upgrade, object['disk_usage'] ?? null) / (health.diskFull ? 100 : 1) } : value
  }

  /** Replies that follow from the state of the whole firewall. */
  #computed(path: string): Json | undefined {
    const version = this.#upgrade.version
    const offered = this.#upgrade.offer?.version ?? version
    if (path === '/system/version') {
      const base = version.split('.').slice(0, 2).join('.')
      return { version: `${version}-RELEASE`, base, patch: '0', buildtime: 'Wed Dec 06 20:10:00 UTC 2023', program: Number(version.replaceAll('.', '')) }
    }
    if (path === '/system/version/upgrade') {
      if (this.#upgrade.isRunning(this.#host.nowMs())) return { pkg_busy: '1' }
      return { version: offered, installed_version: version, pkg_version_compare: offered === version ? '=' : '<' }
    }
    const entries = this.#configuration.entries(this.#state.changes)
    if (path === '/system/config') return entries[0] === undefined ? {} : configJson(entries[0], this.#canary)
    if (path === '/status/log/config_history') return historyRows(entries)
    if (path === '/system/arp')
      return this.#state.list(path).map((row) => ({ ...row, status: agedText(textOf(row['status']), this.#host.nowMs() - this.#addedAtMs) }))
    if (path !== '/system/api/version') return undefined
    const current = this.#modern ? 'v1.9.0' : 'v1.5.0'
    const latest = this.#latestPackage
    return {
      ...objectOf(recordedData('pfsense-v1', 'system-api-version')),
      current_version: current,
      latest_version: latest,
      update_available: latest !== null && latest !== current,
    }
  }

  #write(request: Incoming, path: string, body: JsonObject, account: Account): Reply {
    const bypass = this.#modern && body['_action_bypass'] === true
    const stores = !account.privileges.has('user-config-readonly')
    const context = { state: this.#state, stores, nowMs: this.#host.nowMs(), actor: account.name, peer: request.peer }
    const reply = this.#change(request.method, path, body, bypass, context)
    if (reply.status === 200 && !bypass && stores && path !== '/diagnostics/command_prompt') {
      this.#host.counter.write({ method: request.method, path: request.path, body: request.body.toString('utf8') })
    }
    return reply
  }

  #change(method: string, path: string, body: JsonObject, bypass: boolean, context: WriteContext): Reply {
    if (path === '/diagnostics/command_prompt') return this.#command(body)
    if (path === '/firewall/rule' && method === 'POST') return createRule(body, bypass, context)
    if (path === '/firewall/rule') return changeRule(method, body, bypass, context)
    if (path === '/firewall/alias') return writeAlias(method, body, bypass, context)
    if (path === '/system/api') return bypass ? answer(15) : changeSettings(body, context)
    if (bypass) return answer(15)
    if (path === '/system/reboot') {
      if (body['debug'] !== true) this.#upgrade.restart(context.nowMs)
      return ok([])
    }
    const verb = path.match(/^\/services\/(restart|start|stop)$/)?.[1]
    if (verb !== undefined) return this.#service(textOf(body['service']), verb)
    return path === '/firewall/apply' ? ok([]) : answer(10)
  }

  #service(name: string, verb: string): Reply {
    for (const row of this.#state.list('/services')) if (row['name'] === name) row['status'] = verb === 'stop' ? 'stopped' : 'running'
    return ok({ service: name, status: { restart: 'restarted', start: 'started', stop: 'stopped' }[verb] ?? verb })
  }

  #command(body: JsonObject): Reply {
    if (typeof body['shell_cmd'] !== 'string') return answer(7000)
    const [newest] = this.#configuration.entries(this.#state.changes)
    const configText = () => (newest === undefined ? '' : configXml(newest, this.#canary))
    const context = { upgrade: this.#upgrade, counter: this.#host.counter, nowMs: this.#host.nowMs(), configXml: configText, extra: this.#commands }
    const result = runCommand(body['shell_cmd'], context)
    return result.output === null ? EMPTY_REPLY : ok({ cmd_output: result.output })
  }

  patch(options: PatchOptions): void {
    const { settings } = options
    if (settings !== undefined) this.#state.apply(settings)
    this.#interfaceAllowed = settings?.interface_allowed ?? this.#interfaceAllowed
    this.#accessListAllows = settings?.access_list_allows ?? this.#accessListAllows
    if (settings?.latest_package !== undefined) this.#latestPackage = settings.latest_package
    for (const [user, privileges] of Object.entries(options.privileges ?? {})) this.#accounts.setPrivileges(user, privileges)
    for (const [path, data] of Object.entries(options.replies ?? {}))
      if (data === null) this.#replies.delete(path)
      else this.#replies.set(path, data)
    for (const [text, result] of Object.entries(options.commands ?? {})) this.#commands.set(text, result)
    if (options.revoke !== undefined) this.#accounts.revoke(options.revoke)
    if (options.size !== undefined) this.#state.resize(options.size)
    this.#upgrade.patch(options, this.#host.nowMs())
    this.#canary = options.plantSecrets ?? this.#canary
    if (options.configuration !== undefined) this.#configuration.patch(options.configuration, this.#state.changes)
  }
}
