import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { advisoryList } from '@/lib/advisories/dto'
import { advisoryOperations } from '@/lib/api/advisories'
import { firewallOperations } from '@/lib/api/firewalls'
import { firmwareOperations } from '@/lib/api/firmware'
import { forgetEnvironment } from '@/lib/core/env'
import { db } from '@/lib/db/client'
import { offersStatement, versionsStatement } from '@/lib/db/firmware-sql'
import { Prisma } from '@/lib/db/generated/client'
import { aReadyFirewall } from '@/lib/testing/a-plan'
import { call, tokenOf } from '@/lib/testing/api-client'
import { aCustomer, owner, person, startInstallation, type Installation } from '@/lib/testing/installation'
import { versionsDto, type VersionsDto } from './dto'

const ADVISORY = { id: 'EX-1', families: ['opnsense'], affected: [{ from: '26.7', before: '26.7.1' }], fixedIn: ['26.7.1'], severity: 'high', title: 'An example', source: 'https://advisories.example/ex-1', date: '2026-01-02' }
let installation: Installation
let folder: string
let token: string
let viewer: string
let own: string
let other: string
const dataDir = process.env.PALISADE_DATA_DIR
const file = (...advisories: unknown[]) => writeFile(path.join(folder, 'advisories.json'), JSON.stringify({ format: 'palisade-advisories/1', advisories }))

beforeAll(async () => {
  installation = await startInstallation()
  folder = await mkdtemp(path.join(tmpdir(), 'palisade-advisories-'))
  process.env.PALISADE_DATA_DIR = folder
  forgetEnvironment()
  token = await tokenOf(await owner(), 'owner')
  own = (await aCustomer()).id
  other = (await aCustomer()).id
  viewer = await tokenOf(await person([{ role: 'viewer', customerId: own }]), 'viewer')
  const offered = { version: '26.7', firmwareState: 'offered', offeredVersion: '26.7.1', packageCount: 3, downloadBytes: 2_000_000, rebootRequired: true }
  for (const customerId of [own, own, other]) await aReadyFirewall(customerId, offered)
  await aReadyFirewall(other, { ...offered, packageCount: 40, rebootRequired: null, majorVersion: '27.1' })
  await aReadyFirewall(other, { version: '26.1', firmwareState: 'never-checked', offeredVersion: null, firmwareCheckedAt: null })
  await aReadyFirewall(own, { version: null, firmwareState: 'not-reported', offeredVersion: null, firmwareCheckedAt: null })
})
afterAll(async () => {
  if (dataDir === undefined) delete process.env.PALISADE_DATA_DIR
  else process.env.PALISADE_DATA_DIR = dataDir
  forgetEnvironment()
  await rm(folder, { recursive: true, force: true })
  await installation.end()
})

const versions = async (as: string, query: Record<string, string> = {}): Promise<VersionsDto['items']> => versionsDto.parse((await call(firmwareOperations.versions, { token: as, query })).body).items
const found = async (where: string | null): Promise<unknown> => (await call(firewallOperations.list, { token, query: Object.fromEntries(new URLSearchParams(where ?? '')) })).body.total

describe('versions in the fleet', () => {
  it('are counted with what they are offered, and every number is the one of its list', async () => {
    const rows = await versions(token)
    expect(rows.map(({ version, firewalls, customers, offered, neverChecked, notReported }) => [version, firewalls, customers, offered, neverChecked, notReported])).toEqual([
      ['26.7', 4, 2, 4, 0, 0],
      ['26.1', 1, 1, 0, 1, 0],
      [null, 1, 1, 0, 0, 1],
    ])
    expect(rows[0]?.offers.map(({ kind, version, firewalls, packages, downloadBytes, reboots, rebootsUnknown }) => [kind, version, firewalls, packages, downloadBytes, reboots, rebootsUnknown])).toEqual([
      ['minor', '26.7.1', 4, { least: 3, most: 40 }, { least: 2_000_000, most: 2_000_000 }, 3, 1],
      ['major', '27.1', 1, null, null, 1, 0],
    ])
    expect(rows.map(({ oldestCheckAt }) => oldestCheckAt === null)).toEqual([false, true, true])
    for (const { where, firewalls, offers } of rows) {
      if (where !== null) expect(await found(where)).toBe(firewalls)
      for (const offer of offers) expect(await found(offer.where)).toBe(offer.firewalls)
    }
  })

  it('are those of customers that one may see', async () => {
    expect((await versions(viewer)).map(({ version, firewalls }) => [version, firewalls])).toEqual([['26.7', 2], [null, 1]])
    expect(await versions(viewer, { customerId: other })).toEqual([])
    expect((await versions(token, { customerId: own })).map(({ firewalls }) => firewalls)).toEqual([2, 1])
  })
})

describe('advisories', () => {
  const list = async (as: string) => advisoryList.parse((await call(advisoryOperations.list, { token: as })).body)

  it('are none while there is no file, which is not the same as nothing being wrong', async () => {
    expect(await list(token)).toEqual({ items: [], file: { changedAt: null, entries: 0, refused: 0 }, trouble: null })
    expect((await versions(token))[0]?.advisories).toEqual({ known: false, worst: null, ids: [] })
  })

  it('put the versions that they are about first, and count their firewalls', async () => {
    await file(ADVISORY, { ...ADVISORY, id: 'EX-2', severity: 'critical', affected: [{ from: '26.1', before: '26.2' }], fixedIn: [] })
    expect((await versions(token)).map(({ version, advisories }) => [version, advisories])).toEqual([
      ['26.1', { known: true, worst: 'critical', ids: ['EX-2'] }],
      ['26.7', { known: true, worst: 'high', ids: ['EX-1'] }],
      [null, { known: false, worst: null, ids: [] }],
    ])
    const { items } = await list(token)
    expect(items.map(({ id, firewalls }) => [id, firewalls])).toEqual([['EX-2', 1], ['EX-1', 4]])
    for (const { where, firewalls } of items) expect(await found(where)).toBe(firewalls)
    expect((await list(viewer)).items.map(({ id, firewalls }) => [id, firewalls])).toEqual([['EX-1', 2]])
  })

  it('are told of one firewall', async () => {
    const { id } = await db().firewall.findFirstOrThrow({ where: { version: '26.7', customerId: own } })
    expect((await call(advisoryOperations.ofFirewall, { token: viewer, params: { id } })).body).toMatchObject({ version: '26.7', understood: true, known: 2, items: [ADVISORY] })
  })

  it('are read anew when the file changes, and the owner alone is told what is wrong with it', async () => {
    await file(ADVISORY, { ...ADVISORY, id: 'EX-3', source: undefined })
    const { items, trouble, file: state } = await list(token)
    expect([items.map(({ id }) => id), state.entries, state.refused]).toEqual([['EX-1'], 1, 1])
    expect(trouble?.sentences).toEqual(['Entry 2 (EX-3) is not used. "source": The address where it was published, beginning with https://, is required.'])
    expect((await list(viewer)).trouble).toBeNull()
    await writeFile(path.join(folder, 'advisories.json'), '{')
    expect((await list(token)).trouble?.sentences).toEqual([expect.stringMatching(/^The file is not JSON/)])
  })
})

describe('a fleet of 10,000', () => {
  it('is read in one pass, within 120 ms', async () => {
    await db().$executeRaw`
      INSERT INTO "Firewall" (id, "customerId", name, family, origin, "trustMode", "trustConfirmedAt", version, "firmwareState", "offeredVersion", "packageCount", "firmwareCheckedAt")
      SELECT gen_random_uuid(), ${other}::uuid, 'many' || n, 'pfsense-v2', 'https://10.0.0.1', 'public-ca', now(), '2.' || n % 40, CASE n % 3 WHEN 0 THEN 'offered' ELSE 'up-to-date' END, '2.9', n % 9, now() FROM generate_series(1, 10000) n`
    await db().$executeRaw`ANALYZE "Firewall"`
    const question = { customerIds: 'all', customerId: undefined } as const
    let milliseconds = 0
    for (const statement of [versionsStatement(question), offersStatement(question)]) {
      const times: number[] = []
      for (let run = 0; run < 3; run += 1) {
        const [row] = await db().$queryRaw<{ 'QUERY PLAN': { 'Execution Time': number }[] }[]>(Prisma.sql`EXPLAIN (ANALYZE, FORMAT JSON) ${statement}`)
        times.push(row?.['QUERY PLAN'][0]?.['Execution Time'] ?? Infinity)
        expect(JSON.stringify(row).match(/"Relation Name":"Firewall"/g)).toHaveLength(1)
        expect(JSON.stringify(row)).not.toMatch(/external (sort|merge)|"Sort Space Type":"Disk"/)
      }
      milliseconds += Math.min(...times)
    }
    process.stdout.write(`versions of 10,000 firewalls: ${milliseconds.toFixed(0)} ms\n`)
    expect(milliseconds).toBeLessThan(120)
  }, 60_000)
})
