import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '@/lib/auth/actor'
import { AppError } from '@/lib/core/errors'
import { Secret } from '@/lib/core/secret'
import { db } from '@/lib/db/client'
import { owner, startInstallation, type Installation } from '@/lib/testing/installation'
import { record, withAuditedIntent, type AuditEvent } from './record'

let installation: Installation
let actor: Actor
beforeAll(async () => {
  installation = await startInstallation()
  actor = await owner()
})
afterAll(() => installation.end())

const event: AuditEvent = { action: 'firewall.read', target: { kind: 'firewall', id: null, name: 'fw' } }
const chain = () => db().auditEntry.findMany({ orderBy: { entry: 'asc' } })

describe('the audit log', () => {
  it('is one whole chain, also when many write at once', async () => {
    await Promise.all(Array.from({ length: 40 }, () => record(db(), actor, event)))
    const entries = await chain()
    let previous = '0'.repeat(64)
    for (const [index, entry] of entries.entries()) {
      expect(entry.entry).toBe(BigInt(index + 1))
      expect(entry.previousHash).toBe(previous)
      expect(entry.hash).toBe(createHash('sha256').update(previous + entry.canonical).digest('hex'))
      previous = entry.hash
    }
    expect(entries.length).toBeGreaterThanOrEqual(40)
  })

  it('only grows: no update, no delete, no truncate', async () => {
    await record(db(), actor, event)
    await expect(db().auditEntry.updateMany({ data: { actorName: 'someone else' } })).rejects.toThrow(/only grows/)
    await expect(db().auditEntry.deleteMany({})).rejects.toThrow(/only grows/)
    await expect(db().$executeRaw`TRUNCATE "AuditEntry"`).rejects.toThrow(/only grows/)
  })

  it('keeps nobody waiting for a transaction that has not said commit yet', async () => {
    await db().$transaction(async (tx) => {
      await record(tx, actor, { ...event, target: { ...event.target, name: 'slow' } })
      // Would never come back if the slow one held the lock of the chain.
      await record(db(), actor, { ...event, target: { ...event.target, name: 'quick' } })
    })
    const names = (await chain()).slice(-2).map(({ targetName }) => targetName)
    expect(names).toEqual(['quick', 'slow'])
  })

  it('appends the entry also when the transaction removes it from the waiting ones', async () => {
    await db().$transaction(async (tx) => {
      await record(tx, actor, { ...event, target: { ...event.target, name: 'unwanted' } })
      await tx.auditPending.deleteMany({})
    })
    expect((await chain()).at(-1)?.targetName).toBe('unwanted')
    expect(await db().auditPending.count()).toBe(0)
  })

  it('takes the change back when the entry cannot be written', async () => {
    const before = await db().customer.count()
    const broken = { ...event, action: undefined } as unknown as AuditEvent
    await expect(
      db().$transaction(async (tx) => {
        await tx.customer.create({ data: { name: 'never' } })
        await record(tx, actor, broken)
      }),
    ).rejects.toThrow()
    expect(await db().customer.count()).toBe(before)
  })

  it('does not act when the intent cannot be written', async () => {
    let acted = false
    const broken = { ...event, action: undefined } as unknown as AuditEvent
    await expect(withAuditedIntent(actor, broken, () => Promise.resolve((acted = true)))).rejects.toThrow()
    expect(acted).toBe(false)
  })

  it('has two entries for a remote act, the second naming the first', async () => {
    await withAuditedIntent(actor, event, () => Promise.resolve(7), { details: (rows) => ({ rows }) })
    const [outcome, intent] = await db().auditEntry.findMany({ orderBy: { entry: 'desc' }, take: 2 })
    expect(intent?.result).toBe('intent')
    expect(outcome?.result).toBe('done')
    expect(outcome?.intentEntry).toBe(intent?.entry)
    expect(JSON.parse(outcome?.canonical ?? '')).toMatchObject({ details: { rows: 7 }, actor: { name: actor.name }, sourceAddress: '203.0.113.9' })
    await expect(withAuditedIntent(actor, event, () => Promise.reject(new AppError('firewall-unreachable', 'No answer.')))).rejects.toThrow('No answer.')
    const failed = await db().auditEntry.findFirst({ orderBy: { entry: 'desc' } })
    expect(failed?.result).toBe('failed')
    expect(JSON.parse(failed?.canonical ?? '')).toMatchObject({ details: { code: 'firewall-unreachable', message: 'No answer.' } })
  })

  it('never holds a secret, because a secret does not print', async () => {
    await record(db(), actor, { ...event, after: { password: new Secret('canary-secret-value') } })
    const entry = await db().auditEntry.findFirst({ orderBy: { entry: 'desc' } })
    expect(entry?.canonical).toContain('[secret]')
    expect(entry?.canonical).not.toContain('canary-secret-value')
  })
})
