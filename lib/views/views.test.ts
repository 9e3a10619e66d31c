import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bulkOperations } from '@/lib/api/bulk'
import type { OperatorActor } from '@/lib/auth/actor'
import { readChoices } from '@/lib/choices/read'
import { saveChoice } from '@/lib/choices/save'
import { db } from '@/lib/db/client'
import { call, tokenOf } from '@/lib/testing/api-client'
import { aCustomer, owner, person, startInstallation, type Installation } from '@/lib/testing/installation'
import { createView, editView, removeView } from './change'
import { createViewInput } from './input'
import { countViews, listViews } from './list'

let installation: Installation
let boss: OperatorActor
let scoped: OperatorActor
let token: string
let seenId: string
let hiddenId: string
beforeAll(async () => {
  installation = await startInstallation()
  boss = await owner()
  token = await tokenOf(boss, 'owner')
  const [seen, hidden] = [await aCustomer('Tessera'), await aCustomer('Anvil')]
  seenId = seen.id
  hiddenId = hidden.id
  scoped = await person([{ role: 'operator', customerId: seen.id }])
  const row = (customerId: string, name: string, state: string) => ({ customerId, name, state, stateRank: 0, family: 'opnsense', origin: 'https://192.0.2.1', trustMode: 'public-ca', trustConfirmedAt: new Date(), tags: ['edge'] })
  const others = Array.from({ length: 600 }, (_, number) => row(hidden.id, `anvil-${number + 1}`, 'unreachable'))
  await db().firewall.createMany({ data: [row(seen.id, '=cmd|calc', 'unreachable'), row(seen.id, 'tcu-2', 'paused'), ...others] })
})
afterAll(() => installation.end())

let key = 0
const keep = (actor: OperatorActor, body: Record<string, unknown>) =>
  createView(actor, createViewInput.parse({ list: 'firewalls', ...body }), { actorId: actor.id, route: 'createView', idempotencyKey: `k${(key += 1)}`, body })
const namesFor = async (actor: OperatorActor) => (await listViews(actor, {})).items.map(({ name, mine }) => [name, mine])

describe('saved views', () => {
  it('are one’s own, or shared by who may ask all customers; each counts within its reader’s customers', async () => {
    const view = await keep(boss, { name: 'Down', query: 'state=unreachable', columns: ['name', 'state'], shared: true })
    await keep(boss, { name: 'Mine alone', query: '' })
    expect(await namesFor(scoped)).toEqual([['Down', false]])
    await expect(keep(scoped, { name: 'Mine', query: '', shared: true })).rejects.toMatchObject({ code: 'forbidden' })
    await keep(scoped, { name: 'Odd', query: 'nonsense=1' })
    expect((await countViews(scoped, {})).items).toEqual([{ id: view.id, count: 1 }, { id: expect.any(String) as string, count: null }])
    expect((await countViews(boss, {})).items[0]).toEqual({ id: view.id, count: 601 })
    expect((await countViews(boss, { customerId: seenId })).items[0]).toEqual({ id: view.id, count: 1 })
    expect((await countViews(scoped, { customerId: hiddenId })).items[0]).toEqual({ id: view.id, count: 0 })
    await expect(removeView(scoped, { id: view.id }, 1)).rejects.toMatchObject({ code: 'not-found' })
  })
  it('are renamed once at a time, and have one name each', async () => {
    const view = await keep(boss, { name: 'First', query: '' })
    expect(await editView(boss, { id: view.id, name: 'Second', query: 'tag=edge' }, 1)).toMatchObject({ name: 'Second', query: 'tag=edge', etag: '"2"' })
    await expect(editView(boss, { id: view.id, name: 'Third' }, 1)).rejects.toMatchObject({ code: 'stale' })
    await expect(keep(boss, { name: 'Second', query: '' })).rejects.toMatchObject({ code: 'conflict' })
    await removeView(boss, { id: view.id }, 2)
    expect(await namesFor(boss)).not.toContainEqual(['Second', true])
    expect(await db().auditEntry.groupBy({ by: ['action'], where: { targetId: view.id }, orderBy: { action: 'asc' } })).toEqual([{ action: 'view.create' }, { action: 'view.edit' }, { action: 'view.remove' }])
  })
})

describe('choices', () => {
  it('are kept for each person, and only what can be chosen', async () => {
    await saveChoice(boss, { name: 'density', value: 40 })
    expect(await saveChoice(boss, { name: 'fleet-columns', value: ['name', 'cpu'] })).toEqual({ density: 40, 'fleet-columns': ['name', 'cpu'] })
    expect(await saveChoice(boss, { name: 'density', value: null })).toEqual({ 'fleet-columns': ['name', 'cpu'] })
    expect(await readChoices(scoped)).toEqual({})
    await expect(saveChoice(boss, { name: 'density', value: 12 })).rejects.toMatchObject({ code: 'invalid-input' })
  })
})

describe('the export of firewalls', () => {
  const get = (body: Record<string, unknown>, by = token) => call(bulkOperations.export, { token: by, body })
  it('has every row that matches, in order, over several pages, and is an audit entry', async () => {
    const reply = await get({ format: 'json', columns: ['name', 'customer'], query: 'customer__name=Anvil&sort=-name' })
    const rows = Object.values(reply.body) as { name: string; customer: string }[]
    expect(rows).toHaveLength(600)
    expect(rows[0]).toEqual({ name: 'anvil-99', customer: 'Anvil' })
    expect(new Set(rows.map(({ name }) => name)).size).toBe(600)
    expect(await db().auditEntry.count({ where: { action: 'list.export' } })).toBe(1)
  })
  it('holds no formula, and nothing beyond the scope', async () => {
    const reply = await get({ format: 'csv', columns: ['name', 'state', 'tags'], query: '' }, await tokenOf(scoped, 'viewer', 'Tessera'))
    expect(String(reply.body.text).split('\r\n').slice(1, 3)).toEqual([`"'=cmd|calc","unreachable","edge"`, '"tcu-2","paused","edge"'])
    expect(String(reply.body.text)).not.toContain('anvil')
  })
})
