import 'server-only'
import type { FamilyModule } from '@/lib/adapters/adapter'
import { familyModule, isFamily } from '@/lib/adapters/registry'
import { readAdvisoriesFile } from '@/lib/advisories/file'
import { matcher } from '@/lib/advisories/match'
import { SEVERITIES } from '@/lib/advisories/words'
import type { Actor } from '@/lib/auth/actor'
import { authoriseScope } from '@/lib/auth/authorise'
import { countVersions, VERSIONS_MAX, type OfferCount } from '@/lib/db/firmware-sql'
import type { VersionOffer, VersionRow, VersionsDto } from './dto'
import type { VersionsInput } from './input'
import { whereOffer, whereVersion } from './where'

const keyOf = ({ family, version }: { family: string; version: string | null }): string => `${family}\n${version ?? ''}`
const span = (least: number | null, most: number | null): { least: number; most: number } | null => (least === null || most === null ? null : { least, most })

const offerOf = ({ updateAbility }: FamilyModule) => ({ family, version, kind, offered, firewalls, packagesLeast, packagesMost, bytesLeast, bytesMost, reboots, rebootsUnknown, exampleId }: OfferCount): VersionOffer => ({
  kind,
  version: offered,
  firewalls,
  where: version === null ? null : whereOffer(family, version, kind, offered),
  packages: span(packagesLeast, packagesMost),
  downloadBytes: span(bytesLeast, bytesMost),
  reboots,
  rebootsUnknown,
  notesFrom: updateAbility.reportsChangeNotes ? exampleId : null,
})

function grouped(offers: readonly OfferCount[]): Map<string, OfferCount[]> {
  const groups = new Map<string, OfferCount[]>()
  for (const offer of offers) groups.set(keyOf(offer), [...(groups.get(keyOf(offer)) ?? []), offer])
  return groups
}

/** What an advisory says comes first, then what waits for a restart, what is on offer, what is not known. */
function rankOf({ advisories, rebootPending, offered, majorOffered, neverChecked, checkFailed }: VersionRow): number {
  if (advisories.worst !== null) return SEVERITIES.indexOf(advisories.worst)
  return SEVERITIES.length + (rebootPending > 0 ? 0 : offered + majorOffered > 0 ? 1 : neverChecked + checkFailed > 0 ? 2 : 3)
}

/** Which versions run on how many firewalls that the actor may see, what those are offered, and which advisories are about them. */
export async function readVersions(actor: Actor, { customerId }: VersionsInput): Promise<VersionsDto> {
  const { customerIds } = authoriseScope(actor, 'firewall:read')
  const [{ versions, offers }, file] = await Promise.all([countVersions({ customerIds, customerId }), readAdvisoriesFile()])
  const advisoriesOf = matcher(file.advisories)
  const offersOf = grouped(offers)
  const items = versions.slice(0, VERSIONS_MAX).flatMap((row): VersionRow[] => {
    const { family, version, oldestCheckAt, ...counts } = row
    if (!isFamily(family)) return []
    const { understood, advisories } = advisoriesOf(family, version)
    return [
      {
        ...counts,
        family,
        familyLabel: familyModule(family).label,
        losesApiPackage: familyModule(family).updateAbility.losesApiPackage,
        version,
        where: version === null ? null : whereVersion(family, version),
        offers: (offersOf.get(keyOf(row)) ?? []).map(offerOf(familyModule(family))),
        oldestCheckAt: oldestCheckAt?.toISOString() ?? null,
        advisories: { known: understood && file.advisories.length > 0, worst: advisories[0]?.severity ?? null, ids: advisories.map(({ id }) => id) },
      },
    ]
  })
  items.sort((one, other) => rankOf(one) - rankOf(other) || other.firewalls - one.firewalls)
  return { items, truncated: versions.length > VERSIONS_MAX }
}
