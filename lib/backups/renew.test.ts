// Trees of an older version, which masked less: they are made anew before anybody sees them, and what they held is gone.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { compareOperations } from '@/lib/api/compare'
import { sectionBytes, TREE_FORMAT } from '@/lib/configuration/tree'
import { db } from '@/lib/db/client'
import { call, tokenOf } from '@/lib/testing/api-client'
import { xmlOf, type ConfigurationModel } from '@/lib/testing/configurations'
import { aCustomer, owner, startInstallation, type Installation } from '@/lib/testing/installation'
import { aStoredFirewall, storeConfiguration } from '@/lib/testing/stored-configuration'
import { contentOfBackup } from './contents'
import { renewTrees } from './renew'
import { pieceNamer, sealPiece } from './vault'

const SECRET = '$2y$10$hiddenhiddenhiddenhiddenhidden'
const first: ConfigurationModel = { hostname: 'fw', savedAt: 1_700_000_000, rules: [], aliases: [], users: [{ id: 2000, name: 'anna', hash: SECRET, group: 'admins' }] }
const second: ConfigurationModel = { ...first, hostname: 'fw-renamed' }

let installation: Installation
let token: string
let customerId: string
let firewallId: string
let number = 0
const signal = new AbortController().signal
const hours = (count: number) => new Date(Date.UTC(2026, 10, 1, count))
const store = (model: ConfigurationModel, hour: number) => storeConfiguration(firewallId, 'opnsense', xmlOf('opnsense', model), { at: hours(hour) })
const compared = (before: string, after: string) => Promise.all([compareOperations.summary, compareOperations.items, compareOperations.raw].map((operation) => call(operation, { token, query: { before, after } })))
const columns = () => db().firewall.findUniqueOrThrow({ where: { id: firewallId }, select: { driftSince: true, driftItems: true } })

beforeAll(async () => {
  installation = await startInstallation()
  token = await tokenOf(await owner(), 'owner')
}, 120_000)
afterAll(() => installation.end())
beforeEach(async () => {
  customerId = (await aCustomer()).id
  firewallId = await aStoredFirewall(customerId, 'opnsense', `renewed-${(number += 1)}`)
})

/** As rules that did not know the secret stored it; the name of the one piece of its tree. */
async function asOfOlderRules(backupId: string): Promise<string> {
  const content = await contentOfBackup(backupId)
  if (!content) throw new Error('There is no such backup.')
  const bytes = sectionBytes([{ list: 'system/user', key: 'old', label: 'User', group: null, hash: `old-${backupId}`, within: 'system', lines: 1, node: ['user', [['password', SECRET]]] }])
  const piece = (await pieceNamer(firewallId))('tree', Buffer.from(bytes))
  await db().backupChunk.createMany({ data: [{ firewallId, id: piece.id, kind: 'tree', plainBytes: piece.plain.length, chunkSealed: new Uint8Array(await sealPiece(piece, firewallId)) }], skipDuplicates: true })
  await db().backupContent.update({ where: { id: content.id }, data: { treeFormat: 0, sections: [{ name: 'users', digest: `old-${backupId}`, items: 1, chunks: [piece.id] }] } })
  return piece.id
}

describe('a tree of older rules', () => {
  it('is made anew from the sealed original when somebody compares it, and shows nothing it held', async () => {
    const [one, two] = [await store(first, 0), await store(second, 1)]
    const old = await asOfOlderRules(one)
    const replies = await compared(one, two)
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200])
    expect(replies[0]?.body).toMatchObject({ problem: null, counts: { added: 0, removed: 0, changed: 1 } })
    expect(JSON.stringify(replies.map(({ body }) => body))).not.toContain('hidden')
    expect(await contentOfBackup(one)).toMatchObject({ treeFormat: TREE_FORMAT, parseError: null })
    expect(await db().backupChunk.count({ where: { firewallId, id: old } })).toBe(0)
  }, 120_000)

  it('is made anew before the next backup is compared with it, or by being stored again', async () => {
    const one = await store(first, 0)
    await asOfOlderRules(one)
    await renewTrees(firewallId, signal)
    await store(second, 1)
    expect(await columns()).toMatchObject({ driftItems: 1 })
    await asOfOlderRules(one)
    await store(first, 2)
    expect((await contentOfBackup(one))?.treeFormat).toBe(TREE_FORMAT)
    expect(await columns()).toMatchObject({ driftSince: null })
  }, 120_000)

  it('of which the original is damaged is shown to nobody, and keeps no backup from being stored', async () => {
    const one = await store(first, 0)
    await asOfOlderRules(one)
    const content = await contentOfBackup(one)
    await db().backupChunk.deleteMany({ where: { firewallId, id: { in: [...(content?.rawChunks ?? [])] } } })
    await renewTrees(firewallId, signal)
    const two = await store(second, 1)
    expect(await columns()).toEqual({ driftSince: hours(1), driftItems: null })
    const replies = await compared(one, two)
    expect(replies.map(({ body }) => body.code)).toEqual(['internal', 'internal', 'internal'])
    expect(JSON.stringify(replies)).not.toContain('hidden')
  }, 120_000)
})
