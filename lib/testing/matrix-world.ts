// The things that the authorisation matrix asks for: one customer of the caller, another customer, one that is gone.
import { randomUUID } from 'node:crypto'
import type { FleetFirewall } from '@/e2e/fake-firewalls/fleet'
import { db } from '@/lib/db/client'
import { toCredential } from '@/lib/firewalls/credential-values'
import { credential } from '@/lib/firewalls/input'
import { sealCredential } from '@/lib/firewalls/vault'
import { aBackup } from './a-backup'
import { aJob } from './a-job'
import { aPlan, aVersionHold } from './a-plan'
import { aQuietChannel } from './a-channel'
import { credentialOf, METHOD } from './enrolled'

export const KINDS = ['own', 'other', 'deleted', 'unknown'] as const
/** Whose thing a request names. */
export type Kind = (typeof KINDS)[number]

/** A customer with one of everything. */
export type Place = { customerId: string; siteId: string; firewallId: string; operatorId: string; tokenId: string; sessionId: string; viewId: string; bulkId: string; enrolmentId: string; alertId: string; silenceId: string; windowId: string; blackoutId: string; planId: string; holdId: string; channelId: string; backupId: string; revertId: string; jobId: string; name: string; email: string }
export type World = { own: Place; other: Place; deleted: Place; unknown: Place; firewall: FleetFirewall; elsewhere: FleetFirewall }

const NOTHING = '00000000-0000-4000-8000-0000000000ff'
const UNKNOWN: Place = { customerId: NOTHING, siteId: NOTHING, firewallId: NOTHING, operatorId: NOTHING, tokenId: NOTHING, sessionId: NOTHING, viewId: NOTHING, bulkId: NOTHING, enrolmentId: NOTHING, alertId: NOTHING, silenceId: NOTHING, windowId: NOTHING, blackoutId: NOTHING, planId: NOTHING, holdId: NOTHING, channelId: NOTHING, backupId: NOTHING, revertId: NOTHING, jobId: NOTHING, name: 'Nothing of this name', email: 'nothing@nordwall.example' }
const DAY_MS = 86_400_000
let count = 0

async function addFirewall(customerId: string, siteId: string, name: string, firewall: FleetFirewall): Promise<string> {
  const { family, url, sha256, spkiSha256 } = firewall.info
  const method = METHOD[family]
  const now = new Date()
  const row = await db().firewall.create({ data: { customerId, siteId, name, family, origin: url, trustMode: 'pin', pinSha256: sha256, pinSpkiSha256: spkiSha256, trustConfirmedAt: now, visit: { create: { dueAt: new Date(now.getTime() + DAY_MS) } } } })
  const credentialSealed = await sealCredential(toCredential(credential.parse(credentialOf(firewall, method))), row.id, url)
  await db().firewallCredential.create({ data: { firewallId: row.id, method, credentialSealed, storedAt: now, testedAt: now } })
  return row.id
}

/** A file with one line that waits for a person. */
export async function addEnrolment(operatorId: string, customerId: string, firewall: FleetFirewall): Promise<string> {
  const now = new Date()
  const { url, sha256, spkiSha256 } = firewall.info
  const input = { name: 'Waiting', siteId: null, siteName: null, siteTimeZone: null, family: null, origin: url, method: 'api-key', pin: null, publicCa: false, tags: [], timeZone: null, haPeer: null, trusted: null, fingerprint: '' }
  const certificate = { sha256, spkiSha256, subject: 'CN=fw', issuer: 'CN=fw', selfSigned: true, validFrom: now.toISOString(), validTo: now.toISOString(), keyType: 'EC', publiclyTrusted: false }
  const row = { line: 2, customerId, state: 'waits-for-trust', input, certificate, changedAt: now }
  return (await db().enrolmentFile.create({ data: { operatorId, actor: {}, fileName: 'waiting.csv', createdAt: now, nextStepAt: new Date(now.getTime() + DAY_MS), rows: { create: row } } })).id
}

/** A customer with a site, a firewall, and an operator of its own who has a token and a session. */
async function makePlace(word: string, firewall: FleetFirewall): Promise<Place> {
  const name = `${word} ${(count += 1)} Ltd`
  const email = `${word}.${count}@nordwall.example`.toLowerCase()
  const { id: customerId } = await db().customer.create({ data: { name } })
  const { id: siteId } = await db().site.create({ data: { name: `${name} office`, customerId } })
  const firewallId = await addFirewall(customerId, siteId, `${name} edge`, firewall)
  const now = new Date()
  const { id: operatorId } = await db().operator.create({ data: { name: `${name} staff`, email, passwordHash: 'none', joinedAt: now, grants: { create: { role: 'viewer', customerId } } } })
  const { id: tokenId } = await db().apiToken.create({ data: { operatorId, name: `${name} script`, tokenHash: randomUUID(), role: 'viewer', everywhere: false, scopes: { create: { customerId } }, expiresAt: new Date(now.getTime() + DAY_MS) } })
  const { id: sessionId } = await db().session.create({ data: { operatorId, createdAt: now, lastSeenAt: now, provenAt: now } })
  const { id: viewId } = await db().savedView.create({ data: { operatorId, list: 'firewalls', name: `${name} view`, query: '' } })
  const { id: bulkId } = await db().bulkAct.create({ data: { operatorId, actor: {}, act: 'refresh', input: {}, total: 1, createdAt: now, nextStepAt: new Date(now.getTime() + DAY_MS) } })
  const enrolmentId = await addEnrolment(operatorId, customerId, firewall)
  const { id: alertId } = await db().alert.create({ data: { firewallId, customerId, kind: 'unreachable', state: 'open', severity: 'critical', facts: {}, since: now, openedAt: now, changedAt: now } })
  const { id: silenceId } = await db().silence.create({ data: { customerId, startsAt: now, endsAt: new Date(now.getTime() + DAY_MS), note: `${name} moves`, createdAt: now, createdByName: `${name} staff` } })
  const { id: windowId } = await db().maintenanceWindow.create({ data: { customerId, name: `${name} nights`, timeZone: 'Europe/Oslo', weekdays: [2, 4], dates: [], earliestStart: '02:00', latestStart: '03:00', hardEnd: '04:00', createdAt: now, changedAt: now } })
  const { id: blackoutId } = await db().blackout.create({ data: { customerId, name: `${name} holidays`, firstDay: '2026-12-24', lastDay: '2027-01-02', createdAt: now } })
  const planId = await aPlan(customerId, `${name} December`)
  const holdId = await aVersionHold(customerId)
  const backupId = await aBackup(firewallId)
  const entry = { id: 'config-1.xml', at: null, by: null, description: null, bytes: null }
  const { id: revertId } = await db().configRevert.create({ data: { firewallId, revision: entry.id, entry, sha256: 'a'.repeat(64), runningSha256: 'b'.repeat(64), state: 'stored', stateAt: now, actor: { kind: 'operator', id: operatorId, name: `${name} staff` }, createdAt: now, nextStepAt: new Date(now.getTime() + DAY_MS) } })
  const jobId = await aJob(firewallId, customerId, name)
  const channelId = await aQuietChannel(customerId, `${name} channel`)
  return { customerId, siteId, firewallId, operatorId, tokenId, sessionId, viewId, bulkId, enrolmentId, alertId, silenceId, windowId, blackoutId, planId, holdId, channelId, backupId, revertId, jobId, name, email }
}

async function removePlace({ customerId, siteId, firewallId, operatorId, planId, holdId }: Place): Promise<void> {
  await db().updatePlan.delete({ where: { id: planId } })
  await db().versionHold.delete({ where: { id: holdId } })
  await db().operator.delete({ where: { id: operatorId } })
  await db().firewall.delete({ where: { id: firewallId } })
  await db().site.delete({ where: { id: siteId } })
  await db().customer.delete({ where: { id: customerId } })
}

/** `elsewhere` is another firewall, to which an address may be changed. */
export async function makeWorld(firewall: FleetFirewall, elsewhere: FleetFirewall): Promise<World> {
  const [own, other, deleted] = [await makePlace('Own', firewall), await makePlace('Foreign', firewall), await makePlace('Gone', firewall)]
  await removePlace(deleted)
  return { own, other, deleted, unknown: UNKNOWN, firewall, elsewhere }
}

/** The same world with another thing of this kind in its place, for an act that uses its things up. */
export const withFresh = async (world: World, kind: Kind): Promise<World> => ({ ...world, [kind]: await makePlace(kind === 'own' ? 'Own' : 'Foreign', world.firewall) })

/** What nobody of the own customer may ever read: names and ids of the other one. */
export const foreignMarks = ({ other }: World): string[] => Object.values(other)
