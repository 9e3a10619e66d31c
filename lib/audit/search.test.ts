import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '@/lib/auth/actor'
import { db } from '@/lib/db/client'
import { Prisma } from '@/lib/db/generated/client'
import { owner, startInstallation, type Installation } from '@/lib/testing/installation'
import { fillLog, randomOf } from '@/lib/testing/audit-log'
import { listAuditInput } from './dto'
import { listAudit } from './list'
import { recordAlone } from './record'

let installation: Installation
let actor: Actor
beforeAll(async () => {
  installation = await startInstallation()
  actor = await owner()
  await fillLog(randomOf(7), 5_000)
  await recordAlone({ ...actor, name: 'Zeno Quill', source: { address: '198.51.100.77', requestId: 'request-of-zeno', userAgent: null } }, { action: 'firewall.edit', target: { kind: 'firewall', id: null, name: 'fw-Øst-9' }, customer: { id: 'c', name: 'Kvist og Kvast' } }, 'refused')
  await db().$executeRaw`ANALYZE "AuditEntry"`
})
afterAll(() => installation.end())

const found = async (query: Record<string, unknown>) => (await listAudit(actor, listAuditInput.parse(query))).items.map(({ actor }) => actor.name)

describe('searching the audit log', () => {
  it.each(['zeno', 'QUILL', 'o Q', 'fw-øst', 'st-9', 'kvast', 'request-of-zeno', '198.51.100.77', 'ze', 'fw', 'K'])('%s finds the one entry', async (search) => {
    expect(await found({ search })).toContain('Zeno Quill')
  })
  it.each(['no such thing', 'request-of', '198.51.100', 'ill_', 'o%Q', 'ui'])('%s does not', async (search) => {
    expect(await found({ search })).not.toContain('Zeno Quill')
  })
  it('finds actions by any part of their name, and with other conditions', async () => {
    expect(await found({ search: 'wall.edi', result: 'refused' })).toContain('Zeno Quill')
    expect(await found({ search: 'wall.edi', result: 'failed' })).not.toContain('Zeno Quill')
    expect(await found({ actor: 'quil' })).toEqual(['Zeno Quill'])
  })

  const plan = async (where: Prisma.Sql) => JSON.stringify(await db().$queryRaw(Prisma.sql`EXPLAIN (FORMAT JSON) SELECT * FROM "AuditEntry" WHERE ${where} ORDER BY entry DESC LIMIT 101`))
  it.each([
    ['a name', Prisma.sql`("targetName" ILIKE '%zeno%' OR "actorName" ILIKE '%zeno%' OR "customerName" ILIKE '%zeno%' OR "sourceAddress" = 'zeno' OR "requestId" = 'zeno')`, 'AuditEntry_names'],
    ['a beginning', Prisma.sql`"actorName" ILIKE 'ze%'`, 'AuditEntry_names'],
    ['a rare result', Prisma.sql`result = 'nothing'`, 'AuditEntry_result_entry_idx'],
    ['a time', Prisma.sql`at <= '2026-01-01T02:00:00Z'`, 'AuditEntry_entry_at_idx'],
  ])('%s by index', async (_, where, index) => {
    expect(await plan(where)).toContain(index)
  })
})
