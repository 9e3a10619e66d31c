import { z } from 'zod'
import type { FirewallAdapter, TestOutcome } from '@/lib/adapters/adapter'
import { READ_KINDS, type FeatureResult, type ReadKind, type Readings } from '@/lib/adapters/model'
import { AppError } from '@/lib/core/errors'
import type { Session } from './call'
import { ENDPOINTS, PRIVILEGE, type Endpoint } from './read-endpoints'
import { productReader } from './read-product'
import { createReads, privileges } from './reads'

const LABELS: Readonly<Record<ReadKind, string>> = {
  status: 'Status',
  firmware: 'Firmware state',
  rules: 'Rules',
  aliases: 'Aliases',
  arp: 'ARP table',
  leases: 'DHCP leases',
  gateways: 'Gateways',
  interfaces: 'Interfaces',
  services: 'Services',
  nat: 'Address translation',
  carp: 'CARP',
  vpn: 'VPN tunnels',
  posture: 'API access',
}

/**
 * Tries every read that the pages use, one after the other, and asks for write privileges by harmless reads that the same
 * privilege covers. The first call is open to every valid key, so a dead key costs exactly one failed authentication.
 */
export async function testCredential(session: Session, signal: AbortSignal): Promise<TestOutcome> {
  await session.ask({ endpoint: ENDPOINTS.menu, reply: z.unknown(), signal })
  // A part that this version or installation does not have is no question of privileges and is left out.
  const misses: { part: string; error: AppError }[] = []
  const product = productReader(session)
  const reads = createReads({
    session,
    product,
    singleReadsMax: 1,
    report: (part, error) => void (error.code === 'firewall-not-reported' || misses.push({ part, error })),
  })

  const features: FeatureResult[] = []
  const warnings: string[] = []
  for (const kind of READ_KINDS) {
    misses.length = 0
    const tried = await tryRead(kind, reads, signal)
    const parts = misses.map((miss) => missedPart(kind, miss.part, miss.error))
    // When nothing was readable the first privilege is named already; the others are still to be asked for.
    features.push(tried.feature, ...(tried.value === null ? parts.filter((entry) => entry.privilege !== tried.feature.privilege) : parts))
    if (tried.value !== null && 'warnings' in tried.value) warnings.push(...tried.value.warnings)
  }
  features.push(...(await writeFeatures(session, signal, features, warnings.length > 0)))
  const { hostname, versionText } = await product(signal)
  return { test: { version: versionText, hostname, features, warnings, requestCount: session.requestCount() }, exchanged: null }
}

async function tryRead<K extends ReadKind>(
  kind: K,
  reads: FirewallAdapter['reads'],
  signal: AbortSignal,
): Promise<{ feature: FeatureResult; value: Readings[K] | null }> {
  const base = { feature: kind, label: LABELS[kind], access: 'read', privilege: privileges[kind] } as const
  try {
    const value = await reads[kind](signal)
    return { feature: { ...base, result: 'ok', seen: SEEN[kind](value) }, value }
  } catch (error) {
    return { feature: { ...base, ...failureOf(error, base.privilege) }, value: null }
  }
}

const missedPart = (kind: ReadKind, part: string, error: AppError): FeatureResult => ({
  feature: kind,
  label: `${LABELS[kind]}: ${part}`,
  access: 'read',
  ...failureOf(error, privileges[kind]),
})

/** These concern the whole firewall, so the test ends with them; everything else is the result of one feature. */
const ENDS_THE_TEST: ReadonlySet<AppError['code']> = new Set([
  'firewall-unreachable',
  'firewall-address-forbidden',
  'firewall-certificate-unknown',
  'firewall-certificate-changed',
  'firewall-redirect',
  'firewall-credential-rejected',
  'firewall-no-tries-left',
  'firewall-calls-stopped',
])

function failureOf(error: unknown, privilege: string): Pick<FeatureResult, 'privilege' | 'result' | 'seen'> {
  if (!(error instanceof AppError) || !error.code.startsWith('firewall-') || ENDS_THE_TEST.has(error.code)) throw error
  if (error.code === 'firewall-privilege-missing') {
    return { privilege: error.details.privilege ?? privilege, result: 'missing', seen: `403 on ${(error.details.path ?? '').replace('/api/', '')}` }
  }
  return { privilege, result: error.code === 'firewall-not-reported' ? 'not-knowable' : 'failed', seen: error.message }
}

const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`
const SEEN: { readonly [K in ReadKind]: (value: Readings[K]) => string } = {
  status: (value) => [value.version && `version ${value.version}`, value.hostname].filter(Boolean).join(', ') || 'answered',
  firmware: (value) => value.state.replaceAll('-', ' '),
  rules: (value) => `${counted(value.items.length, 'rule', 'rules')} in ${counted(new Set(value.items.map((item) => item.layer)).size, 'layer', 'layers')}`,
  aliases: (value) => counted(value.items.length, 'alias', 'aliases'),
  arp: (value) => counted(value.items.length, 'neighbour', 'neighbours'),
  leases: (value) => counted(value.items.length, 'lease', 'leases'),
  gateways: (value) => counted(value.items.length, 'gateway', 'gateways'),
  interfaces: (value) => counted(value.items.length, 'interface', 'interfaces'),
  services: (value) => counted(value.items.length, 'service', 'services'),
  nat: (value) => counted(value.items.length, 'rule', 'rules'),
  carp: (value) => counted(value.items.length, 'shared address', 'shared addresses'),
  vpn: (value) => counted(value.items.length, 'tunnel', 'tunnels'),
  posture: (value) => (value.warnings.length > 0 ? 'the key may do everything' : 'the key is limited to its privileges'),
}

const DENY_NOTE = 'whether "System: Deny config write" is set cannot be seen'

/** Write privileges without a write: each by a read that only the same privilege opens (section 1.2). */
async function writeFeatures(session: Session, signal: AbortSignal, read: readonly FeatureResult[], mayDoEverything: boolean): Promise<FeatureResult[]> {
  const ask = async (endpoint: Endpoint, seen: string): Promise<Pick<FeatureResult, 'privilege' | 'result' | 'seen'>> => {
    try {
      await session.ask({ endpoint, reply: z.unknown(), signal })
      return { privilege: endpoint.privilege, result: 'ok', seen }
    } catch (error) {
      return failureOf(error, endpoint.privilege)
    }
  }
  const firmware = await ask(ENDPOINTS.firmwareRunning, 'the same privilege answers')
  const rules = await ask(ENDPOINTS.ruleCategories, `the same privilege answers; ${DENY_NOTE}`)
  const configuration = await ask(ENDPOINTS.backupProviders, 'the same privilege answers')
  const canReadAliases = read.some((feature) => feature.feature === 'aliases' && feature.result === 'ok')
  return [
    { feature: 'firmware-check', label: 'Check for updates', access: 'write', ...firmware },
    { feature: 'firmware-update', label: 'Install updates', access: 'write', ...firmware },
    { feature: 'rules-write', label: 'Change rules', access: 'write', ...rules },
    { feature: 'aliases-write', label: 'Change aliases', access: 'write', ...aliasesWrite(canReadAliases, mayDoEverything) },
    { feature: 'configuration', label: 'Fetch and restore the configuration', access: 'write', ...configuration },
  ]
}

/** "Firewall: Aliases" opens the same reads as "Firewall: Alias: Edit", so only a refused read or "All pages" is an answer. */
function aliasesWrite(canRead: boolean, mayDoEverything: boolean): Pick<FeatureResult, 'privilege' | 'result' | 'seen'> {
  const privilege = PRIVILEGE.aliasEdit
  if (mayDoEverything) return { privilege, result: 'ok', seen: `the key may do everything; ${DENY_NOTE}` }
  if (!canRead) return { privilege, result: 'missing', seen: 'aliases cannot be read, so they cannot be changed' }
  return { privilege, result: 'not-knowable', seen: 'reading works with and without it, and nothing is written to find out' }
}
