import 'server-only'
// Why a firewall of a plan cannot be updated, from stored state alone. What holds first is told: the order is that of lib/plans/words.
import type { FamilyModule } from '@/lib/adapters/adapter'
import type { PlanFirewallRow } from '@/lib/db/plans-sql'
import type { PreviewFinding } from './dto'
import { whyNoOffer, type StoredOffer } from './offer-of'
import type { CannotRun, PlanKind } from './words'

/** A version that is held, where it concerns this firewall. */
export type HoldOf = (row: Pick<PlanFirewallRow, 'family' | 'customerId'>, version: string | null, position: number) => { version: string; note: string } | null

export type Judged = {
  row: PlanFirewallRow
  module: FamilyModule | null
  kind: PlanKind
  position: number | undefined
  stored: StoredOffer | null
  holdOf: HoldOf
  /** Plans whose open jobs do not stand in the way: this one, and the one that it supersedes. */
  ownPlans: readonly (string | null)[]
}

export const cannot = (code: CannotRun, word: string, sentence: string): PreviewFinding => ({ code, word, sentence, tone: 'bad' })
const answers = (state: string | null): boolean => state === 'reachable' || state === 'degraded'
/** Jobs of a superseded plan that have begun are not cancelled, so their firewalls are not free. */
const NOT_BEGUN = ['scheduled', 'held', 'blocked']

/** From the state of the firewall: a person has to do something there first. */
function ofState({ row }: Judged): PreviewFinding | null {
  if (row.paused) return cannot('paused', 'Paused', 'It is paused. Resume it first.')
  switch (row.state) {
    case 'certificate-changed':
      return cannot('certificate-changed', 'Certificate changed', 'It showed another certificate, and all calls are stopped. Decide about it first.')
    case 'credential-rejected':
    case 'credential-missing':
      return cannot('credential', row.state === 'credential-rejected' ? 'Credential rejected' : 'No credential', 'Palisade cannot sign in there. Enter a credential first.')
    case 'api-package-missing':
      return cannot('api-package-missing', 'API package missing', 'The API package is gone from it. Reinstall it first.')
    case 'not-visited':
      return cannot('not-visited', 'Not visited yet', 'Nothing is known of it. Wait for its first visit.')
    case 'unreachable':
    case 'stale':
      return cannot('unreachable', row.state === 'stale' ? 'Not seen lately' : 'Unreachable', 'It does not answer. It can join once it does.')
    default:
      return null
  }
}

function ofOtherWork({ row, ownPlans }: Judged): PreviewFinding | null {
  if (row.openPlanId === null) return null
  if (ownPlans.includes(row.openPlanId) && NOT_BEGUN.includes(row.openState ?? '')) return null
  return cannot('other-job', 'In another plan', `It has an open update in the plan ${row.openPlanName ?? ''}. Cancel that one, or wait for its end.`)
}

function ofOffer({ row, kind, stored, position, holdOf }: Judged): PreviewFinding | null {
  if (stored === null) {
    const { word, sentence } = whyNoOffer(row.firmwareState)
    return cannot('no-offer', word, sentence)
  }
  const held = kind === 'reboot' ? null : holdOf(row, stored.offer.version, position ?? 0)
  return held && cannot('version-held', `${held.version} is held`, `This version is held: ${held.note}. Lift the hold, or wait for another version.`)
}

function ofAbility({ row, module, kind, stored }: Judged): PreviewFinding | null {
  if (!module) return null
  const { updateAbility: ability } = module
  if (kind !== 'reboot' && ability.losesApiPackage && ability.reinstall(stored?.offer.version ?? null, row.apiPackageVersion)?.command === null) {
    return cannot('no-package-build', `No API package for ${stored?.offer.version ?? 'it'}`, 'No build of the API package is known for this version, so Palisade would not come back after the update.')
  }
  const byEndpoint = row.updateByEndpoint && ability.endpointStart !== null
  if (!row.commandsAllowed && ability.startNeedsCommands && !byEndpoint) return cannot('commands-off', 'Commands are off', 'Starting this needs the command permission, which is off. An admin can switch it on in the settings of the firewall.')
  if (row.missing?.some((feature) => feature === 'firmware' || feature === 'firmware-update')) return cannot('privilege-missing', 'Privilege is missing', 'The credential may not start updates. Give it the privilege that its test names, then test it again.')
  return null
}

function ofBackup({ row, module }: Judged): PreviewFinding | null {
  if (module?.backupNeedsCommands && !row.commandsAllowed) return cannot('no-backup', 'No complete backup', 'A backup needs the command permission, which is off, and without one nothing is installed.')
  if (row.missing?.includes('configuration')) return cannot('no-backup', 'No complete backup', 'The credential may not read the configuration, and without a backup nothing is installed.')
  if (row.backupError !== null) return cannot('no-backup', 'No complete backup', `The last try gave none: ${row.backupError}`)
  return null
}

function ofPair({ row }: Judged): PreviewFinding | null {
  if (row.peerId === null || (answers(row.peerState) && !row.peerPaused)) return null
  return cannot('peer-missing', 'Peer is missing', `${row.peerName ?? 'Its peer'} is not answered for just now, so nothing would take over.`)
}

/** The first reason why it is left out, or null. Whether it finds a window is looked at by itself, with all the others. */
export function whyNot(judged: Judged): PreviewFinding | null {
  const { module, kind, position } = judged
  if (!module) return cannot('unknown-family', 'Unknown family', 'This version of Palisade does not know its family.')
  if (!module.updateAbility.kinds.includes(kind)) return cannot('kind-not-offered', kind === 'major' ? 'No new series here' : 'Not with this family', `${module.label} has no ${kind === 'major' ? 'update to a new series of its own: what it offers is a minor one' : 'such update'}.`)
  if (position === undefined) return cannot('no-ring', 'In no ring', 'No ring takes it. Add a last ring with the rest, or leave it out.')
  return ofState(judged) ?? ofOtherWork(judged) ?? ofOffer(judged) ?? ofAbility(judged) ?? ofBackup(judged) ?? ofPair(judged)
}
