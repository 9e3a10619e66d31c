// Taking backups of every family and version, over real TLS: complete or refused, byte for byte, once.
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startFleet, type Fleet, type FleetFirewall } from '@/e2e/fake-firewalls/fleet'
import { VERSIONS } from '@/e2e/fake-firewalls/options'
import { FAMILIES } from '@/lib/adapters/words'
import { COMMANDS as V1_COMMANDS } from '@/lib/adapters/pfsense-v1/commands'
import { COMMANDS as V2_COMMANDS } from '@/lib/adapters/pfsense-v2/commands'
import type { Actor } from '@/lib/auth/actor'
import { db } from '@/lib/db/client'
import { tokenOf } from '@/lib/testing/api-client'
import { backUp, enrolledId } from '@/lib/testing/backed-up'
import { aCustomer, owner, person, startInstallation, type Installation } from '@/lib/testing/installation'
import { contentOfBackup, readContentBytes, readSections } from './contents'
import { requestBackup } from './request'
import { stepBackup } from './step'

let installation: Installation
let fleet: Fleet
let actor: Actor
let token: string
let customerId: string
beforeAll(async () => {
  installation = await startInstallation()
  fleet = await startFleet()
  actor = await owner()
  token = await tokenOf(actor, 'owner')
  customerId = (await aCustomer('Harbour Clinics')).id
})
afterAll(async () => {
  await fleet.stop()
  await installation.end()
})

let number = 0
async function add(family: (typeof FAMILIES)[number], version: string, commands = false): Promise<{ firewall: FleetFirewall; id: string }> {
  const firewall = await fleet.add({ name: `backed-up-${(number += 1)}`, family, version, plantSecrets: 'CANARY' })
  return { firewall, id: await enrolledId(firewall, token, customerId, commands) }
}
const columns = (id: string) => db().firewall.findUniqueOrThrow({ where: { id }, select: { backupAt: true, backupFormat: true, backupError: true, backupRevision: true } })
const bytesOf = async (backupId: string | null) => {
  const content = await contentOfBackup(backupId ?? '')
  if (!content) throw new Error('There is no such backup.')
  return { content, bytes: await readContentBytes(content) }
}
const entries = async (id: string) => (await db().auditEntry.findMany({ where: { action: 'firewall.backup', targetId: id }, orderBy: { entry: 'asc' } })).map(({ result }) => result)

const RESTORABLE = FAMILIES.flatMap((family) => VERSIONS[family].map((version) => [family, version] as const))

describe.each(RESTORABLE)('%s %s', (family, version) => {
  it('gives its configuration whole, once until it changes, byte for byte', async () => {
    const { firewall, id } = await add(family, version, family !== 'opnsense')
    const first = await backUp(actor, id)
    expect(first).toMatchObject({ state: 'done', message: null })
    const { content, bytes } = await bytesOf(first.backupId)
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(content.sha256)
    expect(bytes.toString()).toMatch(family === 'opnsense' ? /^<\?xml[\s\S]*<opnsense>[\s\S]*<\/opnsense>\s*$/ : /^<\?xml[\s\S]*<pfsense>[\s\S]*<\/pfsense>\s*$/)
    expect(bytes.toString()).toContain('CANARY')
    expect(content).toMatchObject({ format: 'xml', parseError: null })
    const tree = JSON.stringify([...(await readSections(content, (content.sections ?? []).map(({ name }) => name))).values()])
    expect(tree).not.toContain('CANARY')
    expect(await columns(id)).toMatchObject({ backupFormat: 'restorable', backupError: null, backupAt: expect.any(Date) as unknown })

    // Nothing moved: the history alone is asked.
    firewall.resetCounts()
    expect(await backUp(actor, id)).toMatchObject({ state: 'unchanged', backupId: first.backupId })
    expect(firewall.counts().requests).toBe(1)
    expect(await db().backup.count({ where: { firewallId: id } })).toBe(1)

    await firewall.patch({ configuration: { by: 'tess@192.0.2.7', note: 'another name', edits: [{ path: 'system.hostname', value: 'renamed' }] } })
    const second = await backUp(actor, id)
    expect(second.state).toBe('done')
    expect(await db().backup.findUniqueOrThrow({ where: { id: second.backupId ?? '' } })).toMatchObject({ revisedBy: 'tess@192.0.2.7', revisionNote: 'another name', changed: 1 })
    expect((await bytesOf(second.backupId)).bytes.toString()).toContain('renamed')
    expect(await entries(id)).toEqual(['intent', 'done', 'intent', 'done', 'intent', 'done'])
  })
})

describe('without the command permission', () => {
  it.each(VERSIONS['pfsense-v1'])('pfsense-v1 %s gives the same for comparison only', async (version) => {
    const { id } = await add('pfsense-v1', version)
    const task = await backUp(actor, id)
    const { content, bytes } = await bytesOf(task.backupId)
    expect([content.format, content.parseError]).toEqual(['json', null])
    expect(JSON.parse(bytes.toString())).toMatchObject({ system: { hostname: expect.any(String) as unknown } })
    expect(await columns(id)).toMatchObject({ backupFormat: 'comparison' })
    // Switched on, the file itself is taken although nothing moved.
    await db().firewall.update({ where: { id }, data: { commandsAllowed: true } })
    expect(await backUp(actor, id)).toMatchObject({ state: 'done' })
    expect(await columns(id)).toMatchObject({ backupFormat: 'restorable' })
  })

  it.each(VERSIONS['pfsense-v2'])('pfsense-v2 %s says that it needs it, and is asked nothing', async (version) => {
    const { firewall, id } = await add('pfsense-v2', version)
    firewall.resetCounts()
    await expect(requestBackup(actor, { id, reason: 'by-hand' })).rejects.toMatchObject({ code: 'firewall-command-permission-needed' })
    expect(firewall.counts().requests).toBe(0)
  })
})

const shown = (output: string) => ({ output, resultCode: 0 })
const hash = (text: string) => createHash('sha256').update(text).digest('hex')
const CUT = '<?xml version="1.0"?>\n<pfsense>\n<system></system>'
const printed = (text: string, before = hash(text), after = hash(text)) => `${before}\n${Buffer.from(text).toString('base64')}\n${after}`

describe('what is not whole is refused, and the last one stays', () => {
  let firewall: FleetFirewall
  let id: string
  let first: string | null
  beforeAll(async () => {
    ;({ firewall, id } = await add('pfsense-v2', '2.10', true))
    first = (await backUp(actor, id)).backupId
  })

  it.each([
    ['cut off', printed(CUT), 'its end is missing'],
    ['another file', printed(`${CUT.replaceAll('pfsense', 'html')}</html>`), 'begins with <html>'],
    ['a document type', printed('<?xml version="1.0"?>\n<!DOCTYPE pfsense [<!ENTITY a "b">]>\n<pfsense></pfsense>'), 'document type'],
    ['a wrong hash', printed(`${CUT}</pfsense>`, 'a'.repeat(64), 'a'.repeat(64)), 'its hash is another'],
    ['changed under way', printed(`${CUT}</pfsense>`, 'a'.repeat(64)), 'changed while it was read'],
    ['base64 that lost a line', printed(`${CUT}</pfsense>`).replace('\n', ''), 'did not print'],
    ['an error of the shell', 'sha256: /cf/conf/config.xml: No such file or directory', 'did not print'],
  ])('%s', async (_, output, sentence) => {
    const before = await columns(id)
    await firewall.patch({ configuration: { note: 'moves' }, commands: { [V2_COMMANDS.readConfiguration]: shown(output) } })
    const task = await backUp(actor, id)
    expect(task).toMatchObject({ state: 'refused', errorCode: 'firewall-reply-not-understood', backupId: null, message: expect.stringContaining(sentence) as unknown })
    expect(await columns(id)).toEqual({ ...before, backupError: task.message })
    expect(await db().backup.count({ where: { firewallId: id } })).toBe(1)
    expect((await bytesOf(first)).bytes.length).toBeGreaterThan(1_000)
    expect(await db().backupContent.count({ where: { firewallId: id } })).toBe(1)
    expect((await entries(id)).at(-1)).toBe('failed')
  })

  it('a command that fails on pfsense-v1', async () => {
    const { firewall, id } = await add('pfsense-v1', '1.9', true)
    await firewall.patch({ commands: { [V1_COMMANDS.readConfiguration]: shown('sh: sha256: not found\nrc=127') } })
    expect(await backUp(actor, id)).toMatchObject({ state: 'refused', message: expect.stringContaining('exit code 127') as unknown })
  })

  it.each([
    ['an empty file', { scenario: 'empty' as const }, 'refused'],
    ['a lost connection in the middle', { scenario: 'truncated' as const }, 'queued'],
    ['a web page', { scenario: 'html' as const }, 'refused'],
    ['a web server that restarts', { scenario: '502' as const }, 'queued'],
  ])('%s on opnsense', async (_, scenario, state) => {
    const { firewall, id } = await add('opnsense', '26.7')
    await firewall.patch({ ...scenario, scenarioPath: '/api/core/backup/download' })
    const task = await backUp(actor, id)
    expect([task.state, task.backupId]).toEqual([state, null])
    expect(await db().backup.count({ where: { firewallId: id } })).toBe(0)
    await firewall.patch({ scenario: 'none' })
    expect(await backUp(actor, id)).toMatchObject({ state: 'done' })
  })

  it('less than half of the last one, unless a second reading says the same', async () => {
    const { firewall, id } = await add('opnsense', '26.7')
    await firewall.patch({ configuration: { bytes: 100_000 } })
    await backUp(actor, id)
    await firewall.patch({ configuration: { edits: [{ path: 'OPNsense.Firewall.Alias.aliases.alias', value: [] }] } })
    expect(await backUp(actor, id)).toMatchObject({ state: 'done', message: expect.stringContaining('less than half') as unknown })
  })
})

describe('who asks, and when', () => {
  it('asked twice is one; a step is done once, also when two workers are woken for it', async () => {
    const { firewall, id } = await add('opnsense', '25.7')
    const asked = await Promise.all([1, 2, 3].map(() => requestBackup(actor, { id, reason: 'by-hand' })))
    expect(new Set(asked.map((task) => task.id)).size).toBe(1)
    const taskId = asked[0]?.id ?? ''
    await Promise.all([stepBackup(taskId, 'one', new Date()), stepBackup(taskId, 'two', new Date())])
    expect(firewall.counts().byPath['GET /api/core/backup/download/this']).toBe(1)
    expect(await entries(id)).toEqual(['intent', 'done'])
  })

  it('with the rights of that moment: disabled meanwhile, nothing is sent', async () => {
    const { firewall, id } = await add('opnsense', '26.7')
    const someone = await person([{ role: 'operator', customerId }])
    const { id: taskId } = await requestBackup(someone, { id, reason: 'by-hand' })
    await db().operator.update({ where: { id: someone.id }, data: { disabledAt: new Date() } })
    firewall.resetCounts()
    await stepBackup(taskId, 'test', new Date())
    expect(firewall.counts().requests).toBe(0)
    expect(await db().backupTask.findUniqueOrThrow({ where: { id: taskId } })).toMatchObject({ state: 'failed', message: 'Who asked for it may not do so any more.' })
  })

  it('a rejected credential ends it and stops the calls', async () => {
    const { firewall, id } = await add('opnsense', '26.7')
    await firewall.patch({ revoke: 'key' })
    expect(await backUp(actor, id)).toMatchObject({ state: 'failed', errorCode: 'firewall-credential-rejected' })
    expect(firewall.counts().authenticationFailures).toBe(1)
    await expect(requestBackup(actor, { id, reason: 'by-hand' })).rejects.toMatchObject({ code: 'firewall-credential-rejected' })
  })

  it('before an update it is kept for ever, also when it is the last one again', async () => {
    const { id } = await add('opnsense', '26.7')
    const { backupId } = await backUp(actor, id)
    await backUp(actor, id, 'before-update')
    expect(await db().backup.findUniqueOrThrow({ where: { id: backupId ?? '' } })).toMatchObject({ keepForever: true, reason: 'by-hand' })
  })
})
