// Calls that do something other than change an object: commands, update, reboot, apply, services, keys, settings.
import type { FamilyHost } from '../family'
import { type JsonObject, textOf } from '../json'
import { NGINX_404, type Reply } from '../exchange'
import type { Account, Accounts } from '../pfsense/accounts'
import { issueJwt } from '../pfsense/jwt'
import { runCommand } from '../pfsense/shell'
import type { BaseUpgrade } from '../pfsense/upgrade'
import { idRequired, notFound, Refusal, succeed } from './envelope'
import type { V2State } from './state'

export type ActionContext = {
  host: FamilyHost
  state: V2State
  upgrade: BaseUpgrade
  accounts: Accounts
  account: Account
  hostname: string
  jwtKey: Buffer
  configXml: () => string
  commands: Map<string, { output: string; resultCode: number }>
  /** Since 2.8.0; before, the field is not known and the call really acts. */
  knowsDryRun: boolean
  knowsUpdate: boolean
  reboot: () => void
}
type Action = (body: JsonObject, dry: boolean, context: ActionContext) => Reply

const EMPTY_REPLY: Reply = { status: 200, headers: { 'content-type': 'application/json', Referer: 'no-referrer' }, body: '\n' }

function command(body: JsonObject, context: ActionContext): Reply {
  if (typeof body['command'] !== 'string') throw new Refusal(400, 'FIELD_IS_REQUIRED', 'Field `command` is required.')
  const { upgrade, host, commands: extra } = context
  const result = runCommand(body['command'], { upgrade, counter: host.counter, nowMs: host.nowMs(), configXml: context.configXml, extra })
  return result.output === null ? EMPTY_REPLY : succeed({ output: result.output, result_code: result.resultCode })
}

function update(dry: boolean, context: ActionContext): Reply {
  if (!context.knowsUpdate) return NGINX_404
  if (dry) return succeed([])
  const started = context.upgrade.start(context.host.nowMs(), 'endpoint', false)
  context.host.counter.updateStart('endpoint', context.host.nowMs(), started)
  if (started) return succeed([])
  throw new Refusal(
    503,
    'DISPATCHER_TOO_MANY_QUEUED_PROCESSES',
    'Dispatcher allows for a maximum of `1` processes to be queued at once, try again after `300` seconds.',
    { 'Retry-After': '300' },
  )
}

function changeSettings(body: JsonObject, context: ActionContext): Reply {
  for (const [name, value] of Object.entries(body)) if (name in context.state.settings) context.state.settings[name] = value
  return succeed(structuredClone(context.state.settings))
}

function serviceAction(body: JsonObject, context: ActionContext): Reply {
  if (body['id'] === undefined) throw idRequired()
  const row = context.state.lists.get('/status/services')?.[Number(body['id'])]
  if (row === undefined) throw notFound(textOf(body['id']))
  row['status'] = body['action'] !== 'stop'
  return succeed({ id: body['id'], ...row })
}

function createKey(body: JsonObject, context: ActionContext): Reply {
  const bytes = Number(body['length_bytes'] ?? 24)
  const row: JsonObject = {
    descr: textOf(body['descr']),
    username: context.account.name,
    hash_algo: textOf(body['hash_algo'] ?? 'sha256'),
    length_bytes: bytes,
  }
  const rows = context.state.lists.get('/auth/keys') ?? []
  context.state.lists.set('/auth/keys', [...rows, { ...row, key: null }])
  return succeed({ id: rows.length, ...row, key: context.accounts.issueKey(context.account.name, bytes) })
}

const applied = (context: ActionContext): Reply => {
  context.state.pending = []
  return succeed({ applied: true, pending_subsystems: [] })
}

/** `METHOD path` to what it does; anything else is an object of the model. */
export const ACTIONS: Record<string, Action> = {
  'POST /auth/jwt': (_body, _dry, context) =>
    succeed({ token: issueJwt(context.jwtKey, context.hostname, context.account.name, context.host.nowMs(), Number(context.state.settings['jwt_exp'])) }),
  'POST /auth/key': (body, _dry, context) => createKey(body, context),
  'POST /diagnostics/command_prompt': (body, _dry, context) => command(body, context),
  'POST /diagnostics/ping': () => succeed({ output: '', result_code: 0 }),
  'POST /diagnostics/reboot': (_body, dry, context) => {
    if (!dry) context.reboot()
    return succeed([])
  },
  'POST /firewall/apply': (_body, _dry, context) => applied(context),
  'POST /status/service': (body, _dry, context) => serviceAction(body, context),
  'POST /system/update': (_body, dry, context) => update(dry, context),
  'PATCH /system/restapi/settings': (body, _dry, context) => changeSettings(body, context),
}
