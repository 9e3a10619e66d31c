// The situation in which each pair was recorded, where it is not that of a fresh firewall with the lab's users.
import type { AddOptions, PatchOptions, UserOption } from './options'
import type { FamilyName } from './recorded'

export type Situation = {
  patch?: PatchOptions
  /** Recorded requests that came before, by name. */
  before?: string[]
  advanceMs?: number
  /** Time of the recording: for pairs that name an object by the second of its creation. */
  atMs?: number
  /** The recorded token is long dead: a fresh one takes its place. */
  freshToken?: boolean
}

/** Nothing happened before. */
export const FRESH: Situation = {}
const RECORDED_AT_MS = 1_795_346_444_000
const LAB_KEY = 'dd637cba4a6f8b8f618dcd2a2340b4147d94786026fb9a75'
const LAB_USERS: UserOption[] = [
  { name: 'admin', password: 'pfsense', privileges: ['page-all'], key: LAB_KEY },
  {
    name: 'apireader',
    password: 'reader',
    privileges: ['api-v2-firewall-rules-get', 'api-v2-system-version-get', 'api-v2-auth-jwt-post', 'page-firewall-rules'],
  },
  { name: 'apidisabled', password: 'reader', privileges: ['page-all'], disabled: true },
  { name: 'denywrite', password: 'reader', privileges: ['page-all', 'user-config-readonly'] },
]
const KEY_USERS: UserOption[] = [
  { name: 'rouser', password: '', privileges: ['page-all', 'user-config-readonly'], key: 'readonly-key', secret: 'readonly-secret' },
  { name: 'disabled', password: '', privileges: ['page-all'], key: 'disabled-key', secret: 'disabled-secret', disabled: true },
]

export function labFirewall(family: FamilyName, recording: string, name: string): AddOptions {
  if (family === 'opnsense') return { name, family, version: recording.match(/^v(\d\d\.\d)-/)?.[1] ?? '26.7', users: KEY_USERS }
  return { name, family, version: family === 'pfsense-v1' ? '1.9' : '2.10', users: LAB_USERS }
}

const withOffer = (offer: PatchOptions['offer']): Situation => ({ patch: { checked: true, ...(offer !== undefined && { offer }) } })
const updating: Situation = { patch: { startUpdate: true } }
const jwt: Situation = { patch: { settings: { authmode: 'jwt' } } }
const token: Situation = { patch: { settings: { authmode: 'token' } } }
const readOnly: Situation = { patch: { settings: { authmode: 'token', read_only: true } }, freshToken: true }
const withRule: Situation = { atMs: RECORDED_AT_MS, before: ['firewall-rule-create'] }
const withAlias: Situation = { before: ['firewall-alias-create'] }

const SITUATIONS: Record<FamilyName, Record<string, Situation>> = {
  opnsense: {
    'core-firmware-status.update': withOffer(undefined),
    'core-firmware-status.upgrade': withOffer({ version: '27.1', major: true }),
    'core-firmware-status.none': withOffer(null),
    'core-firmware-status.error-connection': withOffer({ version: '26.7.2', problem: 'connection' }),
    'core-firmware-status.error-unresolved': withOffer({ version: '26.7.2', problem: 'unresolved' }),
    'core-firmware-status.error-forbidden': withOffer({ version: '26.7.2', problem: 'forbidden' }),
    'core-firmware-status.after-update-started': { patch: { checked: true, startUpdate: true } },
    'core-firmware-running.busy': updating,
    'core-firmware-update.while-busy': updating,
    'core-firmware-upgradestatus.running-update': updating,
    'core-firmware-upgradestatus.running': { before: ['core-firmware-check'] },
    'core-firmware-upgradestatus.done': { before: ['core-firmware-check'], advanceMs: 10_000 },
    'core-firmware-upgradestatus.reboot': { patch: { startUpdate: true, durationsMs: { install: 0 } } },
  },
  'pfsense-v1': {
    'disabled-redirect-302': { patch: { settings: { enabled: false } } },
    'jwt-mode-access-token': jwt,
    'jwt-mode-access-token-first': jwt,
    'jwt-mode-basic-401': jwt,
    'jwt-mode-wrong-401': jwt,
    'jwt-mode-ok': { ...jwt, freshToken: true },
    'system-api-set-token': { ...jwt, freshToken: true },
    'token-mode-access-token': token,
    'token-mode-basic-401': token,
    'token-mode-bearer-401': token,
    'token-mode-wrong-401': token,
    'token-mode-ok': { ...token, freshToken: true },
    'system-api-set-readonly': { ...token, freshToken: true },
    'readonly-get-ok': readOnly,
    'readonly-post-403': readOnly,
    'readonly-system-api-put': readOnly,
    'firewall-rule-update': withRule,
    'firewall-rule-update-apply': { ...withRule, before: ['firewall-rule-create', 'firewall-rule-update'] },
    'firewall-rule-delete': { ...withRule, before: ['firewall-rule-create'] },
    'firewall-rule-after-update-top': { before: ['firewall-rule-update-top'] },
    'firewall-alias-update': withAlias,
    'firewall-alias-delete': withAlias,
  },
  'pfsense-v2': {
    'auth-jwt-ok': { freshToken: true },
    'disabled-503': { patch: { settings: { enabled: false } } },
    'read-only-get-ok': { patch: { settings: { read_only: true } } },
    'read-only-jwt': { patch: { settings: { read_only: true } } },
    'read-only-post-405': { patch: { settings: { read_only: true } } },
    'read-only-settings-patch': { patch: { settings: { read_only: true } } },
    'firewall-rules-interfaces-as-descr': { patch: { settings: { represent_interfaces_as: 'descr' } } },
    'firewall-apply-get-pending': withAlias,
    'firewall-alias-patch-append': withAlias,
    'firewall-alias-patch-remove': { before: ['firewall-alias-create', 'firewall-alias-patch-append'] },
    'firewall-alias-delete': withAlias,
    'firewall-rule-patch': withRule,
    'firewall-rule-patch-placement': withRule,
    'firewall-rules-after-placement': { before: ['firewall-rule-create', 'firewall-rule-patch-placement'] },
    'firewall-rules-delete-many': { before: ['firewall-rule-create-apply'] },
    'auth-keys-list': { before: ['auth-key-create'] },
    'system-update-post-second-503': updating,
  },
}

export const situationOf = (family: FamilyName, recording: string): Situation => SITUATIONS[family][recording] ?? FRESH
