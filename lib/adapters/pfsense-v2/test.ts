import type { ConnectOptions, FirewallAdapter, TestOutcome } from '@/lib/adapters/adapter'
import { READ_KINDS, type FeatureResult, type ReadKind, type Readings } from '@/lib/adapters/model'
import { AppError, type ErrorCode } from '@/lib/core/errors'
import { err, ok, type Result } from '@/lib/core/result'
import type { Caller } from './call'
import { ENDPOINTS, privilegesOf, READ_ENDPOINTS, type Endpoint } from './read-endpoints'
import { honoursDryRun } from './read-version'
import { apiVersionReply, nothing } from './replies'

/** Errors after which every further request would end the same way, or would cost another failed sign-in. */
const FINAL: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'firewall-unreachable',
  'firewall-address-forbidden',
  'firewall-certificate-unknown',
  'firewall-certificate-changed',
  'firewall-redirect',
  'firewall-credential-rejected',
  'firewall-no-tries-left',
  'firewall-not-this-api',
  'firewall-api-off',
  'firewall-api-package-missing',
  'firewall-calls-stopped',
])

const LABELS: Record<ReadKind, string> = {
  status: 'Status',
  firmware: 'Firmware state',
  rules: 'Rules',
  aliases: 'Aliases',
  arp: 'ARP table',
  leases: 'DHCP leases',
  gateways: 'Gateways',
  interfaces: 'Interfaces',
  services: 'Services',
  nat: 'Translations',
  carp: 'CARP',
  vpn: 'VPN tunnels',
  posture: 'API settings',
}

const count = (number: number, one: string, many = `${one}s`): string => `${number} ${number === 1 ? one : many}`

/** What was seen, in a few words. */
const SEEN: { [K in ReadKind]: (reading: Readings[K]) => string } = {
  status: (status) => status.version ?? status.hostname ?? 'status read',
  firmware: (firmware) => firmware.installedVersion ?? 'version not told',
  rules: ({ items }) => `${count(items.length, 'rule')} in ${count(new Set(items.map((rule) => `${rule.layer} ${rule.layerName}`)).size, 'layer')}`,
  aliases: ({ items }) => count(items.length, 'alias', 'aliases'),
  arp: ({ items }) => count(items.length, 'entry', 'entries'),
  leases: ({ items }) => count(items.length, 'lease'),
  gateways: ({ items }) => count(items.length, 'gateway'),
  interfaces: ({ items }) => count(items.length, 'interface'),
  services: ({ items }) => count(items.length, 'service'),
  nat: ({ items }) => count(items.length, 'translation'),
  carp: ({ items }) => count(items.length, 'address', 'addresses'),
  vpn: ({ items }) => count(items.length, 'tunnel'),
  posture: (posture) => posture.apiPackageVersion ?? 'settings read',
}

type WriteFeature = { feature: string; label: string; endpoint: Endpoint }
/** Three of them run through the command prompt, so one question answers for all three. */
const WRITE_FEATURES: readonly WriteFeature[] = [
  { feature: 'rules-write', label: 'Change rules', endpoint: ENDPOINTS.createRule },
  { feature: 'aliases-write', label: 'Change aliases', endpoint: ENDPOINTS.createAlias },
  { feature: 'firmware-update', label: 'Start updates', endpoint: ENDPOINTS.systemUpdate },
  { feature: 'commands', label: 'Fixed commands', endpoint: ENDPOINTS.commandPrompt },
  { feature: 'firmware-check', label: 'Check for updates', endpoint: ENDPOINTS.commandPrompt },
  { feature: 'configuration', label: 'Read the configuration', endpoint: ENDPOINTS.commandPrompt },
]

type Answer = Pick<FeatureResult, 'result' | 'seen'>

/**
 * Every read that the pages use, then the write privileges, one request after the other. A rejected credential ends it
 * with the first request, so it costs at most one failed authentication.
 */
export async function testCredential(caller: Caller, reads: FirewallAdapter['reads'], options: ConnectOptions, signal: AbortSignal): Promise<TestOutcome> {
  // First of all the version: on one that does not know `dry_run` a question about writing would write.
  const api = await tried(() => caller.get(ENDPOINTS.apiVersion, apiVersionReply, signal))
  const apiVersion = api.ok ? api.value.current_version : null
  const readings: Partial<Readings> = {}
  const features: FeatureResult[] = []
  for (const kind of READ_KINDS) features.push(await tryRead(kind, caller, reads, readings, signal))
  features.push(...(await askWrites(caller, apiVersion, options.commandsAllowed, signal)))
  const warnings = [...(readings.posture?.warnings ?? [])]
  if (await mayDoEverything(caller, signal))
    warnings.unshift('This credential may do everything on the firewall. Use a user that has only the privileges named here.')
  const version = readings.status?.version ?? readings.firmware?.installedVersion ?? null
  return { test: { version, hostname: readings.status?.hostname ?? null, features, warnings, requestCount: caller.requestCount() }, exchanged: null }
}

/** No token to be had, or the access list: each further request would meet the same, whatever it asks. */
const concernsEverything = ({ details }: AppError): boolean =>
  details.path === ENDPOINTS.token.path || details.responseId === 'ENDPOINT_CLIENT_NOT_ALLOWED_BY_ACL'

async function tried<T>(ask: () => Promise<T>): Promise<Result<T>> {
  try {
    return ok(await ask())
  } catch (error) {
    if (!(error instanceof AppError) || FINAL.has(error.code) || concernsEverything(error)) throw error
    return err(error)
  }
}

async function tryRead<K extends ReadKind>(
  kind: K,
  caller: Caller,
  reads: FirewallAdapter['reads'],
  readings: Partial<Readings>,
  signal: AbortSignal,
): Promise<FeatureResult> {
  const reading = await tried(() => reads[kind](signal))
  const missing = READ_ENDPOINTS[kind].map(({ privilege }) => privilege).filter((privilege) => caller.refused.has(privilege))
  const feature = { feature: kind, label: LABELS[kind], access: 'read', privilege: missing.join(', ') || privilegesOf(kind) } as const
  if (!reading.ok) return { ...feature, ...refusal(reading.error) }
  readings[kind] = reading.value
  const seen = SEEN[kind](reading.value)
  return missing.length === 0 ? { ...feature, result: 'ok', seen } : { ...feature, result: 'missing', seen: `${seen}, but parts may not be read` }
}

function refusal(error: AppError): Answer {
  const status = error.details.status
  if (error.code === 'firewall-privilege-missing') return { result: 'missing', seen: '403, the privilege is missing' }
  return { result: 'failed', seen: status === undefined ? error.message : `${error.message} (status ${status})` }
}

async function askWrites(caller: Caller, apiVersion: string | null, commandsAllowed: boolean, signal: AbortSignal): Promise<FeatureResult[]> {
  const answers = new Map<Endpoint, Answer>()
  const features: FeatureResult[] = []
  for (const { feature, label, endpoint } of WRITE_FEATURES) {
    const known = answers.get(endpoint) ?? (await askWrite(caller, endpoint, apiVersion, signal))
    answers.set(endpoint, known)
    const off = endpoint === ENDPOINTS.commandPrompt && known.result === 'ok' && !commandsAllowed
    features.push({
      feature,
      label,
      access: 'write',
      privilege: endpoint.privilege,
      ...known,
      ...(off && { seen: 'the privilege is there; commands are off for this firewall' }),
    })
  }
  return features
}

/**
 * Asks for a privilege without writing: `dry_run`, which only versions from 2.8.0 on honour, and a body that lacks what
 * the resource requires, so that nothing could be made of it. The privilege is checked before the body (contract section 2).
 */
async function askWrite(caller: Caller, endpoint: Endpoint, apiVersion: string | null, signal: AbortSignal): Promise<Answer> {
  if (!honoursDryRun(apiVersion)) {
    return {
      result: 'not-knowable',
      seen:
        apiVersion === null
          ? 'not asked: the version of the API package is not known'
          : `not asked: version ${apiVersion} knows no dry run and would really write`,
    }
  }
  const answer = await tried(() => caller.post(endpoint, { dry_run: true }, nothing, signal))
  if (answer.ok || answer.error.details.status === 400) return { result: 'ok', seen: 'allowed, tried without writing' }
  if (answer.error.code === 'firewall-read-only') return { result: 'failed', seen: 'the API is set to read-only' }
  return refusal(answer.error)
}

/** The privilege is checked before the method: only a user with all of them learns that the method is wrong. */
async function mayDoEverything(caller: Caller, signal: AbortSignal): Promise<boolean> {
  const answer = await tried(() => caller.get(ENDPOINTS.commandPromptAsGet, nothing, signal))
  return !answer.ok && answer.error.details.status === 405
}
