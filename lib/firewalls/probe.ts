import 'server-only'
import { withAuditedIntent } from '@/lib/audit/record'
import type { DetectionClue } from '@/lib/adapters/adapter'
import type { Family } from '@/lib/adapters/model'
import { familyModules } from '@/lib/adapters/registry'
import type { Actor } from '@/lib/auth/actor'
import { authoriseScope } from '@/lib/auth/authorise'
import { AppError } from '@/lib/core/errors'
import { readCertificate } from '@/lib/outbound/probe-certificate'
import { openTransport, type Trust } from '@/lib/outbound/send'
import { isPlainHttp, originOf } from './address'
import { allowedNetworks } from './connect'
import type { ProbeResult } from './dto'
import { databaseGate } from './gate'
import { triesOf } from './tries'

const withoutCredential = { beforeSend: () => Promise.resolve(), failed: () => Promise.resolve(), succeeded: () => Promise.resolve() }

type Detected = { family: Family | null; note: string }

/** Asks each family's question that costs no failed authentication. More than one yes, or none, leaves it to the operator. */
async function detect(origin: string, trust: Trust, signal: AbortSignal): Promise<Detected> {
  const transport = openTransport({ firewallKey: `probe ${origin}`, origin, trust, allowedNetworks: allowedNetworks(), gate: databaseGate(origin), authentications: withoutCredential })
  const clues: { family: Family; label: string; clue: DetectionClue }[] = []
  for (const module of familyModules()) {
    const clue = await module.detect(transport, signal).catch((error: unknown): DetectionClue => {
      if (error instanceof AppError && error.code !== 'firewall-not-this-api' && error.code !== 'firewall-redirect' && error.code !== 'firewall-reply-not-understood' && error.code !== 'firewall-timed-out') throw error
      return 'undecided'
    })
    clues.push({ family: module.family, label: module.label, clue })
  }
  const yes = clues.filter(({ clue }) => clue === 'yes')
  const only = yes[0]
  if (only && yes.length === 1) return { family: only.family, note: `${only.label}, found without sending a credential.` }
  if (yes.length > 1) return { family: null, note: `Several APIs answer here: ${yes.map(({ label }) => label).join(', ')}. Choose the one Palisade shall use.` }
  const off = clues.find(({ clue }) => clue === 'api-off')
  if (off) return { family: off.family, note: `${off.label} is there, but its API is switched off. Switch it on at the firewall.` }
  const missing = clues.find(({ clue }) => clue === 'api-package-missing')
  if (missing) return { family: null, note: 'A web interface answers, but no API. If the family needs an API package, it may be missing.' }
  return { family: null, note: 'We could not tell which API this is. Which is it?' }
}

async function look(origin: string, signal: AbortSignal): Promise<Omit<ProbeResult, 'triesLeft' | 'retryAt'>> {
  if (isPlainHttp(origin)) {
    const startedAt = performance.now()
    const { family, note } = await detect(origin, { mode: 'plain-http' }, signal)
    return { origin, answeredInMs: Math.round(performance.now() - startedAt), certificate: null, plainHttp: true, ownAddress: null, remoteAddress: null, family, familyNote: note }
  }
  const seen = await readCertificate(origin, { allowedNetworks: allowedNetworks() })
  const { family, note } = await detect(origin, { mode: 'pin', sha256: seen.certificate.sha256, spkiSha256: seen.certificate.spkiSha256 }, signal)
  return { origin, answeredInMs: Math.round(seen.connectMs), certificate: seen.certificate, plainHttp: false, ownAddress: seen.localAddress, remoteAddress: seen.remoteAddress, family, familyNote: note }
}

/** Shows what stands at an address: certificate and family, before any credential is sent. */
export async function probeFirewall(actor: Actor, { baseUrl }: { baseUrl: string }, signal: AbortSignal): Promise<ProbeResult> {
  authoriseScope(actor, 'firewall:manage')
  const origin = originOf(baseUrl)
  const event = { action: 'firewall.probe', target: { kind: 'address', id: null, name: origin } } as const
  const found = await withAuditedIntent(actor, event, () => look(origin, signal), { details: ({ family, certificate }) => ({ family, sha256: certificate?.sha256 ?? null }) })
  return { ...found, ...(await triesOf(origin, new Date())) }
}
