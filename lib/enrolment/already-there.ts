import 'server-only'
import { familyModule, isFamily } from '@/lib/adapters/registry'
import { AppError } from '@/lib/core/errors'
import { db } from '@/lib/db/client'
import type { Prisma } from '@/lib/db/generated/client'
import { credentialFingerprint, openCredential } from '@/lib/firewalls/vault'
import type { StoredRow } from './stored-row'

const include = { credential: { select: { credentialSealed: true } }, site: { select: { name: true } }, haPeer: { select: { name: true } } } as const satisfies Prisma.FirewallInclude
type Firewall = Prisma.FirewallGetPayload<{ include: typeof include }>

/** `same`: the file says what is stored. `different`: in what, in words; nothing of it is changed. */
export type AlreadyThere = { firewallId: string; differences: string[] }

/** The one that is stored, or, where the firewall handed out another in exchange, the one with which it was enrolled. */
async function sameCredential(firewall: Firewall, { origin, fingerprint }: StoredRow): Promise<boolean> {
  const sealed = firewall.credential?.credentialSealed
  if (sealed === undefined) return false
  const stored = await credentialFingerprint(await openCredential(sealed, firewall.id, firewall.origin), `file ${origin}`)
  if (stored === fingerprint) return true
  return (await db().enrolmentRow.count({ where: { firewallId: firewall.id, state: { in: ['enrolled', 'unchanged'] }, input: { path: ['fingerprint'], equals: fingerprint } } })) > 0
}

/** Only what the file says is compared; what it leaves empty may be anything. */
async function differencesOf(firewall: Firewall, input: StoredRow): Promise<string[]> {
  const label = (family: string) => (isFamily(family) ? familyModule(family).label : family)
  const told = (differs: boolean, words: string) => (differs ? [words] : [])
  return [
    ...told(input.siteId !== null && input.siteId !== firewall.siteId, `site: ${firewall.site?.name ?? 'none'} here, ${input.siteName ?? ''} in the file`),
    ...told(input.family !== null && input.family !== firewall.family, `family: ${label(firewall.family)} here, ${label(input.family ?? '')} in the file`),
    ...told(input.pin !== null && input.pin !== firewall.pinSha256, 'certificate: another fingerprint in the file'),
    ...told(input.publicCa && firewall.trustMode !== 'public-ca', 'trust: one certificate here, public-ca in the file'),
    ...told(input.tags.length > 0 && [...input.tags].sort().join(' ') !== [...firewall.tags].sort().join(' '), `tags: ${firewall.tags.join(' ') || 'none'} here, ${input.tags.join(' ')} in the file`),
    ...told(input.timeZone !== null && input.timeZone !== firewall.timeZone, `time zone: ${firewall.timeZone} here, ${input.timeZone ?? ''} in the file`),
    ...told(input.haPeer !== null && input.haPeer !== firewall.haPeer?.name, `peer: ${firewall.haPeer?.name ?? 'none'} here, ${input.haPeer ?? ''} in the file`),
    ...told(!(await sameCredential(firewall, input)), 'credential: another one in the file'),
  ]
}

/**
 * The firewall of this customer that a row is about, when it is enrolled already; null when it is new. Throws conflict when
 * its name or its address belongs to another firewall of the customer. Calls no firewall.
 */
export async function alreadyThere(customerId: string, input: StoredRow): Promise<AlreadyThere | null> {
  const known = await db().firewall.findMany({ where: { customerId, OR: [{ name: input.name }, { origin: input.origin }] }, include, orderBy: { createdAt: 'asc' } })
  const byName = known.find(({ name }) => name === input.name)
  if (byName?.origin === input.origin) return { firewallId: byName.id, differences: await differencesOf(byName, input) }
  if (byName) throw new AppError('conflict', `This customer already has a firewall named ${input.name}, at ${byName.origin}.`, { nextStep: 'Give this line another name, or change the address on the page of that firewall.' })
  const byOrigin = known[0]
  return byOrigin ? { firewallId: byOrigin.id, differences: [`name: ${byOrigin.name} here, ${input.name} in the file`] } : null
}
