import { describe, expect, it } from 'vitest'
import { ABSENT, fakeFirewall, FORBIDDEN, session, signal, type Answer } from './__fixtures__/fake-firewall'
import { openBackup } from './backup'

const HISTORY = 'GET /api/core/backup/backups/this'
const DOWNLOAD = 'GET /api/core/backup/download/this'
const portTo = (answers: Record<string, Answer>) => openBackup(session(fakeFirewall(answers)))
const probe = (answer: Answer) => portTo({ [HISTORY]: answer }).probe(signal)

describe('the newest revision', () => {
  it.each([
    ['core-backup-backups', 'config-1795345853.9722.xml', '2026-11-22T11:10:53.970Z', '/api/firewall/alias/del_item/4083980b-81ff-4072-8a11-fab71c96e50b made changes', 'root@127.0.0.1'],
    ['v25.1-core-backup-backups', 'config-1795345570.3944.xml', '2026-11-22T11:06:10.394Z', '/api/firewall/alias/add_item made changes', 'rouser@127.0.0.1'],
    ['v25.7-core-backup-backups', 'config-1795345568.6985.xml', '2026-11-22T11:06:08.700Z', '/api/firewall/alias/add_item made changes', 'rouser@127.0.0.1'],
    ['v26.1-core-backup-backups', 'config-1795345566.6637.xml', '2026-11-22T11:06:06.660Z', '/api/firewall/alias/add_item made changes', 'rouser@127.0.0.1'],
  ])('of %s', async (name, id, at, note, by) => {
    expect(await probe(name)).toEqual({ id, at: new Date(at), by, note, version: null })
  })
  it('is not known without a history', async () => expect(await probe('core-backup-backups.unknown-host')).toBeNull())
  it('needs a privilege, which is named', () => expect(probe(FORBIDDEN)).rejects.toMatchObject({ code: 'firewall-privilege-missing', details: { privilege: 'Diagnostics: Configuration History' } }))
})

describe('the file', () => {
  it('is asked for as bytes, in the class of configurations', async () => {
    const firewall = fakeFirewall({ [DOWNLOAD]: ABSENT })
    await expect(openBackup(session(firewall)).take(signal)).rejects.toMatchObject({ code: 'firewall-not-reported' })
    expect(firewall.requests[0]).toMatchObject({ callClass: 'configuration', lease: 'read', wantsBytes: true })
  })
})
