// An installation with something of everything, and an empty one to restore into.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { recordAlone } from '@/lib/audit/record'
import { checkpointKeeper } from '@/lib/audit/checkpoint'
import { consoleActor } from '@/lib/auth/actor'
import { sealFactor } from '@/lib/auth/factor-vault'
import { forgetEnvironment } from '@/lib/core/env'
import { Secret } from '@/lib/core/secret'
import { closeDatabase, db } from '@/lib/db/client'
import { createTestDatabase } from '@/lib/db/testing'
import { sealAccessToken, sealCredential, sealExchanged } from '@/lib/firewalls/vault'
import { aBackup } from './a-backup'
import { aQuietChannel } from './a-channel'
import { aCustomer, person } from './installation'

const credential = (secret: string) => ({ method: 'key-secret', key: new Secret('key'), secret: new Secret(secret) }) as const
/** What COPY has to carry: its own marks, line ends, quotes, other scripts, a text that looks like its end. */
export const AWKWARD = 'Tab\tline\nreturn\rback\\slash \\N \\. "quote" \u{1F9EA} žluťoučký كِتَاب'

export async function fillInstallation(firewalls = 3): Promise<void> {
  const now = new Date()
  const customer = await aCustomer('Orchard Legal')
  const odd = await aCustomer(`Odd ${AWKWARD}`)
  const site = await db().site.create({ data: { customerId: customer.id, name: 'Bergen', timeZone: 'Europe/Oslo' } })
  let peer: string | null = null
  for (let number = 1; number <= firewalls; number++) {
    const origin = `https://192.0.2.${number}:443`
    const row: { id: string } = await db().firewall.create({ data: { customerId: customer.id, siteId: site.id, name: `edge-${number} ${AWKWARD}`, family: 'opnsense', origin, tags: ['edge', AWKWARD], haPeerId: peer, trustMode: 'pin', pinSha256: 'a'.repeat(64), trustConfirmedAt: now, memory: { note: AWKWARD } } })
    // The first points to the second, which comes after it in the file: rows of one table refer to each other.
    if (peer) await db().firewall.update({ where: { id: peer }, data: { haPeerId: row.id } })
    peer = row.id
    await db().firewallCredential.create({ data: { firewallId: row.id, method: 'key-secret', credentialSealed: await sealCredential(credential(`secret ${number}`), row.id, origin), storedAt: now } })
    await db().firewallToken.create({ data: { firewallId: row.id, tokenSealed: await sealAccessToken(new Secret('jwt'), row.id, origin), expiresAt: now } })
    await db().firewallVisit.create({ data: { firewallId: row.id, dueAt: now } })
    await aBackup(row.id)
    await db().reading.create({ data: { firewallId: row.id, kind: 'arp', observedAt: now, digest: 'd', body: { items: [AWKWARD] } } })
    await db().factNeighbour.create({ data: { firewallId: row.id, key: `arp 192.0.2.9 ${AWKWARD}`, body: { interface: AWKWARD }, digest: 'd', firstSeenAt: now, changedAt: now } })
    await db().change.create({ data: { at: now, firewallId: row.id, kind: 'arp', key: AWKWARD, what: 'new', after: { interface: AWKWARD } } })
  }
  await fillPeople(odd.id, now)
  const enrolment = crypto.randomUUID()
  await db().enrolment.create({ data: { id: enrolment, actorId: 'a', origin: 'https://192.0.2.99', fingerprint: 'f', family: 'pfsense-v1', test: {}, exchangedMethod: 'token', exchangedSealed: await sealExchanged(credential('pair'), enrolment, 'https://192.0.2.99'), createdAt: now, expiresAt: now } })
  await aQuietChannel(customer.id, AWKWARD)
  await db().brand.create({ data: { id: 1, name: AWKWARD, logo: new Uint8Array([0, 9, 10, 13, 92, 255]), logoType: 'image/png', changedAt: now } })
  await db().customerReport.create({ data: { customerId: customer.id, month: '2026-10', body: { note: AWKWARD }, keptAt: now } })
  await db().heartbeat.create({ data: { id: 'worker', role: 'worker', startedAt: now, seenAt: now } })
  for (let entry = 0; entry < 120; entry++) await recordAlone(consoleActor(), { action: 'customer.edit', target: { kind: 'customer', id: customer.id, name: AWKWARD } })
  await checkpointKeeper().keep(now)
}

async function fillPeople(customerId: string, now: Date): Promise<void> {
  const owner = await person([{ role: 'owner', customerId: null }], 'The owner')
  const admin = await person([{ role: 'admin', customerId }])
  const sealed = await sealFactor(new Secret('totp'), owner.id)
  await db().secondFactor.create({ data: { operatorId: owner.id, secretSealed: sealed, createdAt: now, confirmedAt: now } })
  await db().secondFactorDraft.create({ data: { operatorId: admin.id, secretSealed: await sealFactor(new Secret('draft'), admin.id), createdAt: now } })
  await db().session.create({ data: { operatorId: owner.id, createdAt: now, lastSeenAt: now } })
  await db().session.create({ data: { operatorId: owner.id, createdAt: now, lastSeenAt: now, revokedAt: new Date(0) } })
}

export type EmptyPlace = { url: string; end(): Promise<void> }

/** Makes another, migrated and otherwise empty database the one of this process, with the same master key file. */
export async function moveToEmptyDatabase(): Promise<EmptyPlace> {
  const before = process.env.DATABASE_URL
  const database = await createTestDatabase()
  const moveTo = async (url: string | undefined) => {
    await closeDatabase()
    process.env.DATABASE_URL = url
    forgetEnvironment()
  }
  await moveTo(database.url)
  return {
    url: database.url,
    async end() {
      await moveTo(before)
      await database.drop()
    },
  }
}

/** A folder that is gone after the test. */
export async function temporaryPlace(): Promise<{ path: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'palisade-backup-'))
  return { path: folder, remove: () => rm(folder, { recursive: true, force: true }) }
}
