import 'server-only'
import type { FamilyModule } from '@/lib/adapters/adapter'
import type { PlanFirewallRow } from '@/lib/db/plans-sql'
import type { PreviewFinding } from './dto'
import type { StoredOffer } from './offer-of'
import type { PlanShape } from './shape'
import type { Start } from './starts'
import type { PreviewGroup } from './words'

const DAY_MS = 86_400_000
/** An offer that is older may be another one by now; checks are made each night. */
const OLD_CHECK_DAYS = 3
type Runs = { row: PlanFirewallRow; module: FamilyModule | null; stored: StoredOffer | null; plan: PlanShape; start: Start; now: Date }

/** What waits for a person afterwards: the API package that is lost, and what would be held at its start. */
function forPerson({ row, module, stored, plan }: Runs): PreviewFinding[] {
  const { kind, holdIfReboot } = plan
  const lost = kind !== 'reboot' && module?.updateAbility.losesApiPackage === true
  const reinstall = lost ? module.updateAbility.reinstall(stored?.offer.version ?? null, row.apiPackageVersion) : null
  return [
    ...(lost ? [{ code: 'package-lost', word: 'API package is lost', sentence: `The update takes the API package away. Somebody reinstalls it on the firewall: ${reinstall?.command ?? reinstall?.note ?? 'the command depends on its version.'}`, tone: 'you' } as const] : []),
    ...(kind === 'minor' && holdIfReboot && stored?.offer.rebootRequired !== false ? [{ code: 'reboot-held', word: stored?.offer.rebootRequired === null ? 'Held: restart not reported' : 'Held: needs a restart', sentence: 'The plan holds what would need a restart. A person releases or skips it.', tone: 'you' } as const] : []),
  ]
}

function worthNoting({ row, start, now }: Runs): PreviewFinding[] {
  const checkedDays = row.firmwareCheckedAt === null ? null : Math.floor((now.getTime() - row.firmwareCheckedAt.getTime()) / DAY_MS)
  return [
    ...(start.blackoutFrom === null ? [] : [{ code: 'blackout', word: `Blackout from ${start.blackoutFrom}`, sentence: 'If it misses this window, it waits until the blackout is over.', tone: 'warn' } as const]),
    ...(row.haRole !== null && row.peerId === null ? [{ code: 'peer-not-linked', word: 'Peer is not linked', sentence: 'It shares addresses with another firewall that is not linked as its peer, so nothing keeps the two apart. Link them first.', tone: 'warn' } as const] : []),
    ...(checkedDays !== null && checkedDays >= OLD_CHECK_DAYS ? [{ code: 'old-check', word: `Checked ${checkedDays} days ago`, sentence: 'Something newer may be on offer by now; then it is held. Let it check first.', tone: 'warn' } as const] : []),
    ...(start.afterPeer ? [{ code: 'after-peer', word: 'After its peer', sentence: `It begins once ${row.peerName ?? 'its peer'} is verified and the gap is over.`, tone: 'none' } as const] : []),
  ]
}

/** What is to be known of a firewall that can run, the worst first; never empty. */
export function notesOf(runs: Runs): { group: Exclude<PreviewGroup, 'cannot-run'>; findings: PreviewFinding[] } {
  const person = forPerson(runs)
  const findings = [...person, ...worthNoting(runs)]
  return { group: person.length > 0 ? 'needs-person' : 'on-its-own', findings: findings.length > 0 ? findings : [{ code: 'nothing', word: 'Nothing to note', sentence: null, tone: 'none' }] }
}
