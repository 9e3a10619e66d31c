// A simulated pfSense with the REST API package v2: the order of checks is the package's own (contract section 2).
import { Configuration } from '../configuration'
import type { RequestKind } from '../counts'
import { type Incoming, loginPage, NGINX_404, type Reply } from '../exchange'
import { agedText } from '../expiry'
import type { FamilyHost, Presence, SimulatedFamily } from '../family'
import { derivedBytes, derivedHex } from '../generate'
import { type Json, type JsonObject, isObject, listOf, objectOf, objectsOf, textOf, tryParseJson } from '../json'
import type { AddOptions, PatchOptions } from '../options'
import { type Account, Accounts } from '../pfsense/accounts'
import { configXml, historyRows, seedOf } from '../pfsense/config-xml'
import { guessed, queryPairs } from '../pfsense/query-string'
import { bootingReply, diskPercent, uptimeText } from '../pfsense/status'
import { BaseUpgrade } from '../pfsense/upgrade'
import { endpointTable, recordedData } from '../recorded'
import { type ActionContext, ACTIONS } from './actions'
import { authenticate, type AuthMethod } from './auth'
import { idRequired, notFound, Refusal, refusalReply, succeed, unauthenticated } from './envelope'
import { deleteMany, writeOne } from './objects'
import { page } from './query'
import { SINGULAR, V2State } from './state'

const PREFIX = '/api/v2'
const BASIC_ONLY = ['/auth/jwt', '/auth/key']
const LIMITED = ['api-v2-firewall-rules-get', 'api-v2-system-version-get', 'api-v2-auth-jwt-post']
const ALL_METHODS: AuthMethod[] = ['BasicAuth', 'JWTAuth', 'KeyAuth']
const OPTIONS_FAILURE =
  'RESTAPI\\Models\\RESTAPIAccessListEntry::is_allowed_by_acl(): Argument #2 ($username) must be of type string, null given, called in /usr/local/pkg/RESTAPI/Core/Endpoint.inc on line 670'

export class PfsenseV2 implements SimulatedFamily {
  readonly credentials: JsonObject
  readonly limited: JsonObject
  readonly repliesPerConnection = null
  readonly #host: FamilyHost
  readonly #state: V2State
  readonly #accounts: Accounts
  readonly #upgrade: BaseUpgrade
  readonly #jwtKey: Buffer
  readonly #modern: boolean
  readonly #endpoints = endpointTable('pfsense-v2')
  readonly #replies = new Map<string, Json>()
  readonly #commands = new Map<string, { output: string; resultCode: number }>()
  readonly #configuration: Configuration
  #interfaceAllowed = true
  #accessListAllows = true
  #latestPackage: string | null = null
  #packages = ['pfSense-pkg-WireGuard']
  #canary: string | null = null
  readonly #addedAtMs: number

  constructor(host: FamilyHost, options: AddOptions) {
    const secretOf = (user: string) => ({ password: derivedHex(host.name, `password ${user}`, 12), key: derivedHex(host.name, `api key ${user}`, 24) })
    const full = { name: 'palisade', ...secretOf('palisade'), privileges: ['page-all'] }
    const limited = { name: 'palisade-limited', ...secretOf('palisade-limited'), privileges: options.limitedPrivileges ?? LIMITED }
    const credentialsOf = (user: typeof full): JsonObject => ({
      basic: { method: 'basic', username: user.name, password: user.password },
      'api-key': { method: 'api-key', key: user.key },
      jwt: { method: 'jwt', username: user.name, password: user.password },
    })
    this.credentials = credentialsOf(full)
    this.limited = credentialsOf(limited)
    this.#host = host
    this.#addedAtMs = host.nowMs()
    this.#modern = options.version !== '2.7'
    this.#accounts = new Accounts(host.name, [full, limited, ...(options.users ?? [])])
    this.#state = new V2State(host.name)
    this.#configuration = new Configuration(seedOf(host.name))
    this.#state.settings['auth_methods'] = ALL_METHODS
    this.#upgrade = new BaseUpgrade(options.pointVersion ?? (this.#modern ? '2.8.1' : '2.8.0'), { version: this.#modern ? '2.8.2' : '2.8.1' }, host.counter, host.nowMs())
    this.#jwtKey = derivedBytes(host.name, 'jwt key', 32)
  }

  presence(): Presence {
    return this.#upgrade.job.presence(this.#host.nowMs())
  }

  kindOf(request: Incoming): RequestKind {
    if (request.path === `${PREFIX}/auth/jwt`) return 'token'
    return request.method === 'GET' || request.method === 'OPTIONS' ? 'read' : 'write'
  }

  handle(request: Incoming): Reply {
    const booting = bootingReply(this.#upgrade, this.#host.nowMs())
    if (booting !== null) return booting
    const path = request.path.startsWith(`${PREFIX}/`) ? request.path.slice(PREFIX.length).replace(/\/$/, '') : null
    if (path === null) return request.path === '/' ? loginPage('pfSense') : NGINX_404
    const endpoint = this.#endpoints[`${PREFIX}${path}`]
    if (!this.#upgrade.packageInstalled || !isObject(endpoint) || (path === '/system/update' && !this.#modern)) return NGINX_404
    try {
      return this.#answer(request, path, endpoint)
    } catch (error) {
      if (error instanceof Refusal) return refusalReply(error)
      throw error
    }
  }

  #answer(request: Incoming, path: string, endpoint: JsonObject): Reply {
    const settings = this.#state.settings
    if (settings['enabled'] === false)
      throw new Refusal(503, 'ENDPOINT_REST_API_IS_NOT_ENABLED', 'The REST API is currently not enabled.', { 'Retry-After': '5' })
    if (!this.#interfaceAllowed) throw new Refusal(403, 'ENDPOINT_INTERFACE_NOT_ALLOWED', 'The requested action is not allowed by admin policy.')
    if (request.method === 'OPTIONS') throw new Refusal(500, 'ENDPOINT_RECEIVED_UNEXPECTED_ERROR', OPTIONS_FAILURE)
    const account = this.#authenticated(request, path)
    const privilege = `api-v2${path.replace(/[/_]/g, '-')}-${request.method.toLowerCase()}`
    if (!account.privileges.has('page-all') && !account.privileges.has(privilege)) {
      throw new Refusal(403, 'AUTH_AUTHORIZATION_FAILED', 'Authorization failed. You do not have sufficient privileges to access this resource.')
    }
    if (!this.#accessListAllows) throw new Refusal(403, 'ENDPOINT_CLIENT_NOT_ALLOWED_BY_ACL', 'The requested action is not allowed by admin policy.')
    this.#checkAccept(request.headers['accept'])
    const resource = `Resource at ${PREFIX}${path}`
    if (!listOf(endpoint['methods']).includes(request.method))
      throw new Refusal(405, 'ENDPOINT_METHOD_NOT_ALLOWED', `${resource} does not support the requested HTTP method \`${request.method}\``)
    if (settings['read_only'] === true && request.method !== 'GET') {
      throw new Refusal(
        405,
        'ENDPOINT_METHOD_NOT_ALLOWED_IN_READ_ONLY_MODE',
        `${resource} cannot support the requested HTTP method \`${request.method}\` because the REST API is currently in read-only mode.`,
      )
    }
    const body = this.#parameters(request)
    const missing = listOf(endpoint['requires']).find((name) => !this.#packages.includes(textOf(name)))
    if (missing !== undefined)
      throw new Refusal(404, 'MODEL_MISSING_REQUIRED_PACKAGE', `The requested action requires the \`${textOf(missing)}\` package but it is not installed.`)
    return request.method === 'GET' ? succeed(this.#read(path, endpoint, objectOf(body))) : this.#write(request, path, body, account)
  }

  #authenticated(request: Incoming, path: string): Account {
    const basicOnly = BASIC_ONLY.includes(path) && request.method === 'POST'
    const enabled = ALL_METHODS.filter((method) => (basicOnly ? method === 'BasicAuth' : listOf(this.#state.settings['auth_methods']).includes(method)))
    const inOrder = basicOnly
      ? enabled
      : enabled.toSorted((a, b) => listOf(this.#state.settings['auth_methods']).indexOf(a) - listOf(this.#state.settings['auth_methods']).indexOf(b))
    const nowMs = this.#host.nowMs()
    const attempt = authenticate(request, inOrder, this.#modern, { accounts: this.#accounts, jwtKey: this.#jwtKey, nowMs })
    if (attempt.carriesCredential) this.#host.counter.authentication(attempt.account !== null)
    else this.#host.counter.missingCredential()
    if (attempt.account !== null) return attempt.account
    if (this.#state.settings['login_protection'] === true && this.#host.lockout.fail(request.peer, nowMs)) this.#host.dropConnections(request.peer)
    throw unauthenticated(attempt.triedBasic)
  }

  #checkAccept(accept: string | undefined): void {
    const wanted = (accept ?? '*/*').split(';')[0]?.trim() ?? ''
    if (['*/*', 'application/json'].includes(wanted)) return
    throw new Refusal(
      406,
      'CONTENT_HANDLER_ENCODE_NOT_FOUND',
      `No content handler exists for \`${accept ?? ''}\`. Change the value of your \`Accept\` header to a valid option and try again.`,
    )
  }

  #parameters(request: Incoming): Json {
    const sent = request.headers['content-type']?.split(';')[0]?.trim()
    const type = sent ?? (['GET', 'DELETE'].includes(request.method) ? 'application/x-www-form-urlencoded' : 'application/json')
    const text = request.body.toString('utf8')
    if (type === 'application/json') {
      if (text.trim() === '') return {}
      const parsed = tryParseJson(text)
      if (parsed === undefined) throw new Refusal(400, 'JSON_CONTENT_HANDLER_COULD_NOT_DECODE_JSON', 'Request body could not be decoded as JSON.')
      return parsed
    }
    if (type !== 'application/x-www-form-urlencoded') {
      throw new Refusal(
        415,
        'CONTENT_HANDLER_DECODE_NOT_FOUND',
        `No content handler exists for \`${sent ?? ''}\`. Change the value of your \`Content-Type\` header to a valid option and try again.`,
      )
    }
    return Object.fromEntries(
      queryPairs(request.query === '' ? text : request.query).map(([name, value]) => [name, Array.isArray(value) ? value.map(guessed) : guessed(value)]),
    )
  }

  #read(path: string, endpoint: JsonObject, parameters: JsonObject): Json {
    const override = this.#replies.get(`${PREFIX}${path}`)
    if (override !== undefined) return this.#unwell(path, override)
    const computed = this.#computed(path)
    if (computed !== null) return computed
    const plural = SINGULAR[path]
    if (plural !== undefined) {
      if (parameters['id'] === undefined) throw idRequired()
      const row = this.#state.rows(plural).find((candidate) => candidate['id'] === parameters['id'])
      if (row === undefined) throw notFound(textOf(parameters['id']))
      return this.#state.represented(plural, row)
    }
    const known = this.#state.objects.get(path)
    if (known !== undefined) return this.#unwell(path, known)
    if (endpoint['kind'] !== 'Plural') throw new Refusal(501, 'SIMULATOR_HAS_NO_SUCH_OBJECT', `The simulator holds nothing for ${path}.`)
    const aged =
      path === '/diagnostics/arp_table'
        ? this.#state.rows(path).map((row) => ({ ...row, expires: agedText(textOf(row['expires']), this.#host.nowMs() - this.#addedAtMs) }))
        : this.#state.rows(path)
    const rows = page(objectsOf(this.#unwell(path, aged)), parameters, path === '/firewall/states' ? 100 : 0, path.startsWith('/status/logs/'))
    return this.#state.represented(path, rows)
  }

  /** What an update left behind shows in these. */
  #unwell(path: string, value: Json): Json {
    const { health } = this.#upgrade.job
    if (path === '/status/gateways') return health.gateways(value, { status: 'down', substatus: 'down', loss: 100 })
    if (path === '/firewall/virtual_ips') return health.carp(value, 'carp_status', (role) => role.toUpperCase())
    if (path !== '/status/system') return value
    const system = objectOf(value)
    const nowMs = this.#host.nowMs()
    return { ...system, uptime: uptimeText(this.#upgrade, nowMs), disk_usage: diskPercent(this.#upgrade, system['disk_usage'] ?? null) }
  }

  /** Replies that follow from the state of the whole firewall. */
  #computed(path: string): Json | null {
    const packageVersion = this.#modern ? 'v2.10.0' : 'v2.7.7'
    if (path === '/system/version')
      return { version: `${this.#upgrade.version}-RELEASE`, base: this.#upgrade.version, patch: '0', buildtime: 'Tue Aug 26 23:00:00 UTC 2025' }
    if (path === '/system/restapi/settings') return structuredClone(this.#state.settings)
    if (path === '/firewall/apply') return { applied: this.#state.pending.length === 0, pending_subsystems: this.#state.pending }
    if (path === '/diagnostics/config_history/revisions') return historyRows(this.#configuration.entries(this.#state.changes)).map((row, id) => ({ id, ...row }))
    if (path !== '/system/restapi/version') return null
    const known = objectOf(recordedData('pfsense-v2', 'system-restapi-version'))
    const latest = this.#latestPackage
    return {
      ...known,
      current_version: packageVersion,
      latest_version: latest,
      update_available: latest !== null && latest !== packageVersion,
      available_versions: latest === null ? [] : [latest],
    }
  }

  #write(request: Incoming, path: string, body: Json, account: Account): Reply {
    const fields = objectOf(body)
    const dry = this.#modern && (fields['dry_run'] === true || request.headers['prefer'] === 'dry-run')
    if (dry && Array.isArray(body)) throw new Refusal(500, 'MODEL_CACHE_MODELSET_MISSING_SIGNATURE', 'ModelSet cannot be cached without a valid signature.')
    const stores = !dry && !account.privileges.has('user-config-readonly')
    const action = ACTIONS[`${request.method} ${path}`]
    const isToken = this.kindOf(request) === 'token'
    const reply = action === undefined ? this.#change(request, path, fields, stores, account) : action(fields, dry, this.#context(account))
    if (stores && !isToken && path !== '/diagnostics/command_prompt')
      this.#host.counter.write({ method: request.method, path: request.path, body: request.body.toString('utf8') })
    return reply
  }

  #change(request: Incoming, path: string, fields: JsonObject, stores: boolean, account: Account): Reply {
    const context = { state: this.#state, stores, nowMs: this.#host.nowMs(), actor: account.name, peer: request.peer }
    if (SINGULAR[path] !== undefined) return succeed(writeOne(request.method, path, fields, context))
    if (request.method === 'DELETE' && this.#state.lists.has(path)) return succeed(deleteMany(path, fields, context))
    throw new Refusal(501, 'SIMULATOR_DOES_NOT_WRITE_THIS', `The simulator does not know how to ${request.method} ${path}.`)
  }

  #context(account: Account): ActionContext {
    return {
      host: this.#host,
      state: this.#state,
      upgrade: this.#upgrade,
      accounts: this.#accounts,
      account,
      hostname: this.#host.name,
      jwtKey: this.#jwtKey,
      configXml: () => this.#configXml(),
      commands: this.#commands,
      knowsDryRun: this.#modern,
      knowsUpdate: this.#modern,
      reboot: () => this.#upgrade.restart(this.#host.nowMs()),
    }
  }

  #configXml(): string {
    const [newest] = this.#configuration.entries(this.#state.changes)
    return newest === undefined ? '' : configXml(newest, this.#canary)
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
    this.#packages = options.packages ?? this.#packages
    this.#canary = options.plantSecrets ?? this.#canary
    if (options.configuration !== undefined) this.#configuration.patch(options.configuration, this.#state.changes)
  }
}
