import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { settingsOperations } from '@/lib/api/settings'
import { verifyChain } from '@/lib/audit/verify'
import { consoleActor } from '@/lib/auth/actor'
import { readChain } from '@/lib/db/audit-chain'
import { db } from '@/lib/db/client'
import { createBackup } from '@/lib/installation-backup/create'
import { call, tokenOf } from '@/lib/testing/api-client'
import { aCustomer, owner, person, startInstallation, type Installation } from '@/lib/testing/installation'

let installation: Installation
let token: string
beforeAll(async () => {
  installation = await startInstallation()
  token = await tokenOf(await owner(), 'owner')
})
afterAll(() => installation.end())

const read = (as = token) => call(settingsOperations.installation, { token: as })

describe('the installation', () => {
  it('tells the owner where everything is, and what was never done', async () => {
    await aCustomer()
    const { status, body } = await read()
    expect(status).toBe(200)
    expect(body).toMatchObject({
      nodeVersion: process.version,
      masterKey: { source: 'file', where: path.join(installation.directory, 'master.key') },
      dataDir: installation.directory,
      // The tests' server is not in this data directory.
      database: { embedded: false },
      counts: { customers: 1, firewalls: 0, operators: 1, workers: 0 },
      lastBackup: null,
      audit: { firstEntry: 1, lastCheckpoint: null, lastVerification: null, checkpointFile: path.join(installation.directory, 'audit-checkpoints.jsonl') },
    })
    expect(body.migration).toMatch(/^\d{14}_/)
    expect(JSON.stringify(body)).not.toMatch(/PRIVATE|Wrapped|Sealed/)
  })

  it('has the age of the newest backup and what the last look at the audit log found', async () => {
    for (const at of [new Date('2026-11-01T10:00:00.000Z'), new Date('2026-11-02T10:00:00.000Z')]) await createBackup(consoleActor(), path.join(installation.directory, `${at.getTime()}.tar`), at)
    await db().heartbeat.create({ data: { id: 'w', role: 'worker', startedAt: new Date(), seenAt: new Date() } })
    await db().heartbeat.create({ data: { id: 'gone', role: 'worker', startedAt: new Date(0), seenAt: new Date(0) } })
    const report = await readChain(({ entries, checkpoints, publicKeyPem }) => verifyChain(entries, checkpoints, publicKeyPem))
    await db().auditVerification.create({ data: { at: new Date(), firstEntry: report.firstEntry, lastEntry: report.lastEntry, lastHash: report.lastHash, entries: report.entries, checkpoints: 0, problem: 'Entry 2 is missing.', problemEntry: 2, durationMs: 5 } })
    const { body } = await read()
    expect(body).toMatchObject({ lastBackup: { at: '2026-11-02T10:00:00.000Z', fileName: '1793613600000.tar' }, counts: { workers: 1 }, audit: { lastVerification: { problem: 'Entry 2 is missing.', problemEntry: 2 } } })
  })

  it('is for the owner alone', async () => {
    const { id } = await aCustomer()
    for (const grant of [{ role: 'admin', customerId: null }, { role: 'admin', customerId: id }, { role: 'viewer', customerId: null }] as const) {
      expect((await read(await tokenOf(await person([grant]), grant.role))).body).toMatchObject({ status: 403, code: 'forbidden' })
    }
  })
})
