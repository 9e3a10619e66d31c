import type { ReadKind, Readings } from '@/lib/adapters/model'
import { factsOf, type FactSet } from './facts-of'
import type { FactKind } from './kinds'

/** One reading of one kind, and when it was read. */
export type Observed<K extends ReadKind = ReadKind> = { [P in K]: { kind: P; reading: Readings[P]; observedAt: Date } }[K]

const withFacts = (kind: FactKind, set: FactSet) => ({ kind, ...set })
export type KindFacts = ReturnType<typeof withFacts>

/** The facts of a reading; null for kinds that have none. */
export function factsOfObserved(observed: Observed): KindFacts | null {
  switch (observed.kind) {
    case 'rules':
      return withFacts('rules', factsOf('rules', observed.reading))
    case 'aliases':
      return withFacts('aliases', factsOf('aliases', observed.reading))
    case 'arp':
      return withFacts('arp', factsOf('arp', observed.reading))
    case 'leases':
      return withFacts('leases', factsOf('leases', observed.reading))
    case 'gateways':
      return withFacts('gateways', factsOf('gateways', observed.reading))
    case 'interfaces':
      return withFacts('interfaces', factsOf('interfaces', observed.reading))
    case 'services':
      return withFacts('services', factsOf('services', observed.reading))
    case 'vpn':
      return withFacts('vpn', factsOf('vpn', observed.reading))
    case 'status':
    case 'firmware':
    case 'nat':
    case 'carp':
    case 'posture':
      return null
  }
}
