// Tries a credential: every reading of the pages, then the write privileges, asked without writing.
import type { ConnectOptions, Credential, ExchangedCredential, TestOutcome } from '@/lib/adapters/adapter'
import { READ_KINDS, type FeatureResult, type ReadKind } from '@/lib/adapters/model'
import { AppError, isTransient } from '@/lib/core/errors'
import { isRejection, MEMORY, openCaller, type Caller } from './call'
import { userOf } from './credential'
import { Asker, PRIVILEGES, READERS } from './reads'
import { ENDPOINTS } from './read-endpoints'
import { hostnameReply, interfaceAssignmentsReply, versionReply } from './replies'
import { LABELS, seenIn } from './test-words'
import { askWritePrivileges } from './test-writes'

const EXCHANGED =
  'The API of this firewall is in the mode API Token, so it handed out a permanent token for this user. Palisade keeps that token sealed and drops the password. The token is revoked on the firewall under System, API.'

export async function testCredential(options: ConnectOptions, signal: AbortSignal): Promise<TestOutcome> {
  const { caller, credential, exchanged, requestsBefore } = await signIn(options, signal)
  const ask = new Asker(caller, options.memory, options.now, signal)
  const features: FeatureResult[] = []
  const warnings: string[] = []
  // The first answer decides: a 401 here ends the test, so it costs one failed sign-in at most.
  const version = await ask.part(ENDPOINTS.version, versionReply, 'version')
  const hostname = await ask.part(ENDPOINTS.hostname, hostnameReply, 'host name')
  for (const kind of READ_KINDS) features.push(await tryReading(kind, caller, options, signal, warnings, exchanged !== null))
  features.push(...checkFeature(features))
  features.push(...(await askWritePrivileges(caller, options, signal)))
  if (await mayDoEverything(caller, credential, features, signal)) {
    warnings.push('This user may probably do everything on the firewall. Make a user for Palisade alone, in a group of its own with only the privileges listed here.')
  }
  return {
    exchanged,
    test: {
      version: version?.version || null,
      hostname: hostname === null ? null : [hostname.hostname, hostname.domain].filter((part) => part !== '').join('.') || null,
      features,
      warnings,
      requestCount: requestsBefore + caller.requestCount(),
    },
  }
}

type SignedIn = { caller: Caller; credential: Credential; exchanged: ExchangedCredential | null; requestsBefore: number }
