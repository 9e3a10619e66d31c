import 'server-only'
import type { UpdateKind } from '@/lib/adapters/model'
import type { Actor } from '@/lib/auth/actor'
import { authoriseScope, notFound } from '@/lib/auth/authorise'
import { findPlanFirewalls } from '@/lib/db/plans-sql'
import { moduleOf } from '@/lib/firewalls/dto-of'
import type { FirewallOffer } from './dto'
import { packageReader, storedOffer, whyNoOffer } from './offer-of'

/** What one firewall would install by its last stored check, package by package where its family reports them. */
export async function readFirewallOffer(actor: Actor, { id, kind }: { id: string; kind: UpdateKind }): Promise<FirewallOffer> {
  const { customerIds } = authoriseScope(actor, 'firewall:read')
  const [row] = await findPlanFirewalls([id])
  if (!row || (customerIds !== 'all' && !customerIds.includes(row.customerId))) throw notFound()
  const { label, updateAbility: ability } = moduleOf(row)
  const known = ability.kinds.includes(kind)
  const offer = known ? storedOffer(row, kind, packageReader()) : null
  const installs = offer !== null && kind !== 'reboot'
  return {
    firewall: { id: row.id, name: row.name },
    kind,
    from: row.version,
    offer,
    checkedAt: row.firmwareCheckedAt?.toISOString() ?? null,
    reason: offer ? null : known ? whyNoOffer(row.firmwareState).sentence : `${label} has no such update.`,
    packagesReason: !installs || offer.packages !== null ? null : ability.reportsPackages ? 'The packages of a new series are told only once the minor update is installed.' : `${label} does not report packages: the version is all that is known before.`,
    losesApiPackage: installs && ability.losesApiPackage,
    reinstall: installs && ability.losesApiPackage ? ability.reinstall(offer.version, row.apiPackageVersion) : null,
    minutesAway: { ...ability.minutesAway },
    restartsMax: ability.restartsMax,
    rollback: [...ability.rollback(kind, row.version)],
  }
}
