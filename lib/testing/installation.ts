// A real installation for one test file: its own database, its own master key, people with roles.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Actor, RoleGrant } from '@/lib/auth/actor'
import { forgetEnvironment } from '@/lib/core/env'
import { closeDatabase, db } from '@/lib/db/client'
import { createTestDatabase } from '@/lib/db/testing'
import { stopJobs } from '@/lib/jobs/boss'
import { prepareInstallation } from '@/lib/installation/keys'

export type Installation = { directory: string; end(): Promise<void> }

export async function startInstallation(): Promise<Installation> {
  const [database, directory] = await Promise.all([createTestDatabase(), mkdtemp(path.join(tmpdir(), 'palisade-test-'))])
  process.env.DATABASE_URL = database.url
  process.env.PALISADE_DATA_DIR = directory
  forgetEnvironment()
  await prepareInstallation()
  return {
    directory,
    async end() {
      await stopJobs()
      await closeDatabase()
      await database.drop()
      await rm(directory, { recursive: true, force: true })
    },
  }
}

let count = 0

/** An operator with the given grants, as if signed in. */
export async function person(grants: readonly RoleGrant[], name = `person ${(count += 1)}`): Promise<Extract<Actor, { kind: 'operator' }>> {
  const email = `${name.replace(/\W+/g, '.')}@nordwall.example`
  const row = await db().operator.create({ data: { name, email, passwordHash: 'none', joinedAt: new Date(), grants: { create: grants.map(({ role, customerId }) => ({ role, customerId })) } } })
  return { kind: 'operator', id: row.id, name, email, sessionId: '', grants, source: { address: '203.0.113.9', requestId: crypto.randomUUID(), userAgent: null }, proof: { method: 'password', at: new Date(), owes: null } }
}

export const owner = (): Promise<Extract<Actor, { kind: 'operator' }>> => person([{ role: 'owner', customerId: null }])

export const aCustomer = (name = `Customer ${(count += 1)}`) => db().customer.create({ data: { name } })
