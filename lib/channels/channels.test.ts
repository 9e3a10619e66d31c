// Channels through the API, on a real database: who may make what, and that no secret comes out or goes elsewhere.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { channelOperations } from '@/lib/api/channels'
import { teamOperations } from '@/lib/api/team'
import { Secret } from '@/lib/core/secret'
import { db } from '@/lib/db/client'
import { countInWindow } from '@/lib/db/sql'
import { call, tokenOf } from '@/lib/testing/api-client'
import { aChannel, deliverAt, handAllOver, notice, tellAll } from '@/lib/testing/channel-world'
import { aCustomer, owner, person, startInstallation, type Installation } from '@/lib/testing/installation'
import { startMailServer, type MailServerWorld } from '@/lib/testing/mail-server'
import { startReceiver, type Receiver } from '@/lib/testing/notice-receiver'
import { openSecrets } from '@/lib/installation-backup/open-secrets'
import { dueAt } from './hand-over'
import { CHANNELS_OF_ONE_MAX } from './input'
import { mailLink } from './mail-link'
import { storedSettings } from './stored'
import { openChannel } from './vault'

let installation: Installation
let mail: MailServerWorld
let receiver: Receiver
let token: Record<'owner' | 'admin' | 'ofCustomer', string>
let customerId = ''
beforeAll(async () => {
  installation = await startInstallation()
  ;[mail, receiver] = await Promise.all([startMailServer(), startReceiver()])
  const customer = await aCustomer()
  customerId = customer.id
  const [all, admin, ofCustomer] = [await owner(), await person([{ role: 'admin', customerId: null }]), await person([{ role: 'admin', customerId }])]
  token = { owner: await tokenOf(all, 'owner'), admin: await tokenOf(admin, 'admin'), ofCustomer: await tokenOf(ofCustomer, 'admin', customer.name) }
})
afterAll(async () => {
  await Promise.all([mail.stop(), receiver.stop()])
  await installation.end()
})

const MINUTE_MS = 60_000
/** As if it had been done so often in this minute and in the next: a busy machine may need longer than a minute for that. */
async function countedBefore(key: string, times: number): Promise<void> {
  const minute = Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS
  for (const at of [minute, minute + MINUTE_MS]) for (let count = 0; count < times; count += 1) await countInWindow(key, new Date(at))
}

type Saved = { channel: { id: string; etag: string; privateAllowed: boolean; hasSecret: boolean; target: Record<string, unknown> }; signingSecret: string | null }
const create = async (body: Record<string, unknown>, who: keyof typeof token = 'admin') => {
  const reply = await call(channelOperations.create, { token: token[who], body: { name: 'N', customerId: null, ...body } })
  return { ...reply, saved: reply.body as unknown as Saved }
}
const edit = async ({ channel: { id, etag } }: Saved, body: Record<string, unknown>, who: keyof typeof token = 'admin') => {
  const reply = await call(channelOperations.edit, { token: token[who], params: { id }, headers: { 'if-match': etag }, body })
  return { ...reply, saved: reply.body as unknown as Saved }
}
const email = (more: Record<string, unknown> = {}) => ({ kind: 'email', host: 'mail.nordwall.example', port: 587, security: 'starttls', trust: { mode: 'public-ca' }, user: 'palisade', password: 'Gannet rock', from: 'alerts@nordwall.example', to: ['noc@nordwall.example'], ...more })
const loopback = () => email({ host: '127.0.0.1', port: mail.port, trust: { mode: 'pin', sha256: mail.certificate.sha256 }, password: 'right' })
const issues = ({ body }: { body: Record<string, unknown> }) => (body['issues'] as { field: string }[]).map(({ field }) => field)
const secretsOf = async ({ channel: { id } }: Saved) => {
  const row = await db().channel.findUniqueOrThrow({ where: { id } })
  return openChannel(row.settingsSealed, id, storedSettings.parse(row.settings).target)
}

describe('secrets', () => {
  it('go in and never come out', async () => {
    const { saved } = await create({ target: email() })
    const slack = (await create({ target: { kind: 'slack', url: 'https://hooks.slack.example/services/T0/B0/kittiwake' } })).saved
    const replies = [saved, slack, (await call(channelOperations.list, { token: token.admin })).body, (await call(channelOperations.read, { token: token.admin, params: { id: slack.channel.id } })).body, await db().auditEntry.findMany()]
    expect(JSON.stringify(replies, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value))).not.toMatch(/Gannet|kittiwake/)
    expect(slack.channel).toMatchObject({ hasSecret: true, target: { kind: 'slack', origin: 'https://hooks.slack.example' } })
    expect(await secretsOf(saved)).toEqual({ password: 'Gannet rock' })
    expect((await openSecrets()).problems).toEqual([])
  })

  it.each([
    ['server', { host: 'elsewhere.example' }],
    ['port', { port: 2525 }],
    ['user', { user: 'someone-else' }],
    ['kind of TLS', { security: 'tls' }],
    ['trusted certificate', { trust: { mode: 'pin', sha256: 'a'.repeat(64) } }],
  ])('do not follow to another %s', async (_, part) => {
    const { saved } = await create({ target: email() })
    const refused = await edit(saved, { target: email({ password: undefined, ...part }) })
    expect([refused.status, issues(refused)]).toEqual([400, ['target.password']])
    const other = await edit(saved, { target: email({ password: undefined, to: ['night@nordwall.example'] }) })
    expect(other.status).toBe(200)
    expect(await secretsOf(saved)).toEqual({ password: 'Gannet rock' })
  })

  it('a webhook has a key of its own: shown once, kept at the same origin, another at another', async () => {
    const { saved } = await create({ target: { kind: 'webhook', url: 'https://hooks.example/a' } })
    expect(saved.signingSecret).toMatch(/^palsig_/)
    const same = await edit(saved, { target: { kind: 'webhook', url: 'https://hooks.example/b' } })
    expect(same.saved.signingSecret).toBeNull()
    const moved = await edit(same.saved, { target: { kind: 'webhook', url: 'https://other.example/b' } })
    expect(moved.saved.signingSecret).toMatch(/^palsig_/)
    expect(moved.saved.signingSecret).not.toBe(saved.signingSecret)
    const { id, etag } = moved.saved.channel
    const rotated = (await call(channelOperations.rotate, { token: token.admin, params: { id }, headers: { 'if-match': etag } })).body as unknown as Saved
    expect(await secretsOf(rotated)).toMatchObject({ signing: rotated.signingSecret, previous: { signing: moved.saved.signingSecret } })
  })

  it('of a row whose target was changed in the database do not open', async () => {
    const { saved } = await create({ target: email() })
    await db().channel.update({ where: { id: saved.channel.id }, data: { settings: { target: { ...email({ password: undefined }), host: 'thief.example' }, timeZone: 'UTC', privateAllowed: false } } })
    await expect(secretsOf(saved)).rejects.toThrow('cannot be opened')
    await db().channel.delete({ where: { id: saved.channel.id } })
  })
})

describe('what goes in clear', () => {
  it.each([
    [{ kind: 'webhook', url: 'http://hooks.example/a' }, 'target.url'],
    [{ kind: 'ntfy', server: 'http://ntfy.example', topic: 'noc' }, 'target.server'],
    [email({ security: 'none', user: '', password: undefined }), 'target.security'],
  ])('is for private addresses alone: %j', async (target, field) => {
    const refused = await create({ target })
    expect([refused.status, issues(refused)]).toEqual([400, [field]])
    expect((await create({ target, privateAllowed: true })).status).toBe(201)
  })
  it('a password never is', async () => {
    expect(issues(await create({ target: email({ security: 'none' }), privateAllowed: true }))).toEqual(['target.security'])
  })
  it.each([{ from: 'a@b.example\r\nBcc: c@d.example' }, { user: 'a\nb' }, { host: 'mail example' }, { host: '1.2.3.456' }, { to: ['x@y.example, z@y.example'] }])('nothing that begins a line of its own is taken: %j', async (part) => {
    expect((await create({ target: email(part) })).status).toBe(400)
  })
})

describe('an admin of one customer', () => {
  it('sees and makes channels of that customer alone, and allows no private address', async () => {
    const target = { kind: 'webhook', url: 'https://hooks.example/a' }
    expect((await create({ target }, 'ofCustomer')).status).toBe(403)
    expect((await create({ target, customerId, privateAllowed: true }, 'ofCustomer')).status).toBe(403)
    expect((await create({ target: email(), customerId, forInvitations: true }, 'ofCustomer')).status).toBe(403)
    const { saved, status } = await create({ target, customerId }, 'ofCustomer')
    expect(status).toBe(201)
    const list = (await call(channelOperations.list, { token: token.ofCustomer })).body['items'] as { id: string }[]
    expect(list.map(({ id }) => id)).toEqual([saved.channel.id])
    expect((await edit(saved, { privateAllowed: true }, 'ofCustomer')).status).toBe(403)
  })

  it('may turn one that reaches private addresses elsewhere, and it reaches them no more', async () => {
    const { saved } = await create({ target: { kind: 'webhook', url: `${receiver.url}/a` }, customerId, privateAllowed: true })
    const renamed = await edit(saved, { name: 'Other' }, 'ofCustomer')
    expect(renamed.saved.channel.privateAllowed).toBe(true)
    // The right is that of the address that was told, not of every one there or beside it.
    for (const url of [`${receiver.url}/b`, `${receiver.url}/a?then=b`, 'http://127.0.0.1:9/a']) expect(issues(await edit(renamed.saved, { target: { kind: 'webhook', url } }, 'ofCustomer')), url).toEqual(['target.url'])
    expect((await edit(renamed.saved, { target: { kind: 'webhook', url: `${receiver.url}/a` }, name: 'Same' }, 'ofCustomer')).saved.channel.privateAllowed).toBe(true)
    renamed.saved.channel = (await call(channelOperations.read, { token: token.admin, params: { id: saved.channel.id } })).body as unknown as Saved['channel']
    const turned = await edit(renamed.saved, { target: { kind: 'webhook', url: 'https://127.0.0.1/b' } }, 'ofCustomer')
    expect(turned.saved.channel.privateAllowed).toBe(false)
    const tried = await call(channelOperations.try, { token: token.ofCustomer, params: { id: saved.channel.id } })
    expect(tried.body).toMatchObject({ delivered: false, answer: expect.stringMatching(/^This address is not allowed/) })
  })
})

describe('how many there may be', () => {
  it('is limited for each customer alone, also when two take the last place at once', async () => {
    const [full, other] = [await aCustomer(), await aCustomer()]
    const target = { kind: 'webhook', url: 'https://hooks.example/a' } as const
    for (let count = 1; count < CHANNELS_OF_ONE_MAX; count += 1) await aChannel({ target, customerId: full.id })
    const two = await Promise.all([create({ target, customerId: full.id }), create({ target, customerId: full.id })])
    expect(two.map(({ status }) => status).sort()).toEqual([201, 409])
    expect(two.find(({ status }) => status === 409)?.body).toMatchObject({ nextStep: expect.stringContaining('Remove one') })
    expect((await create({ target, customerId: other.id })).status).toBe(201)
  })
})

describe('another hour', () => {
  it('times what waits anew: nothing that happens later goes out before it', async () => {
    await db().channel.deleteMany()
    const id = await aChannel({ target: { kind: 'webhook', url: `${receiver.url}/hour` }, secrets: { signing: 'palsig_x' }, digest: 'hourly' })
    const read = async () => ({ channel: (await call(channelOperations.read, { token: token.admin, params: { id } })).body, signingSecret: null }) as unknown as Saved
    const waits = async () => (await db().delivery.findMany({ where: { channelId: id, state: 'waiting' }, orderBy: { place: 'asc' } })).map(({ nextStepAt }) => nextStepAt)
    await tellAll(notice('early'))
    await handAllOver(new Date())
    await edit(await read(), { digest: 'daily', timeZone: 'Asia/Tokyo' })
    expect(await waits()).toEqual([dueAt('daily', 'Asia/Tokyo', new Date())])
    await edit(await read(), { timeZone: 'America/New_York' })
    expect(await waits()).toEqual([dueAt('daily', 'America/New_York', new Date())])
    await edit(await read(), { digest: 'at-once' })
    await tellAll(notice('late'))
    await deliverAt(new Date())
    expect(receiver.taken.slice(-2).map(({ headline }) => headline)).toEqual(['Warning: early', 'Warning: late'])
    await db().channel.deleteMany()
  })
})

describe('looking at a mail server', () => {
  it('is for a few a minute', async () => {
    const curious = await person([{ role: 'admin', customerId }])
    const look = async () => call(channelOperations.look, { token: lookToken, body: { host: '127.0.0.1', port: 25, security: 'tls' } })
    const lookToken = await tokenOf(curious, 'admin', (await db().customer.findUniqueOrThrow({ where: { id: customerId } })).name)
    expect((await look()).status).toBe(503)
    await countedBefore(`mail server look ${curious.id}`, 10)
    expect((await look()).status).toBe(429)
  })
})

describe('acts', () => {
  it('a test is sent past what waits, stands in the log, and is audited with what was said', async () => {
    const { saved } = await create({ target: loopback(), privateAllowed: true })
    const { id } = saved.channel
    expect((await call(channelOperations.try, { token: token.admin, params: { id } })).body).toMatchObject({ delivered: true, answer: expect.stringContaining('Taken for one address.') })
    expect(mail.mails.at(-1)?.subject).toBe('[Palisade] Test: Channel tried')
    const log = (await call(channelOperations.deliveries, { token: token.admin, params: { id } })).body['items'] as object[]
    expect(log).toMatchObject([{ state: 'delivered', headline: 'Test: Channel tried', attempts: 1 }])
    expect((await db().auditEntry.findMany({ where: { action: 'channel.test', targetId: id }, orderBy: { entry: 'asc' } })).map(({ result }) => result)).toEqual(['intent', 'done'])
    await countedBefore(`channel test ${id}`, 6)
    expect((await call(channelOperations.try, { token: token.admin, params: { id } })).status).toBe(429)
  })

  it('switching off drops what waits; sending again takes up what was given up, page by page', async () => {
    // Nothing goes to the others, which are elsewhere.
    await db().channel.deleteMany()
    const id = await aChannel({ target: { kind: 'webhook', url: `${receiver.url}/x` }, secrets: { signing: 'palsig_x' }, customerId })
    const saved = { channel: (await call(channelOperations.read, { token: token.admin, params: { id } })).body, signingSecret: null } as unknown as Saved
    const now = new Date()
    receiver.behave = (reply) => void reply.writeHead(422).end()
    await tellAll(notice('one', { customerId }), notice('two', { customerId }))
    await deliverAt(now)
    const page = (query: Record<string, string>) => call(channelOperations.deliveries, { token: token.ofCustomer, params: { id }, query })
    const first = (await page({ limit: '1', state: 'given-up' })).body
    expect(first).toMatchObject({ total: 2, items: [{ headline: 'Warning: two', state: 'given-up' }] })
    expect((await page({ limit: '1', cursor: String(first['nextCursor']) })).body).toMatchObject({ items: [{ headline: 'Warning: one' }], nextCursor: null })
    expect((await call(channelOperations.retry, { token: token.ofCustomer, params: { id }, body: {} })).body).toEqual({ waiting: 2 })
    receiver.behave = (reply) => void reply.writeHead(200).end()
    await deliverAt(new Date(now.getTime() + 60_000))
    expect(receiver.taken.slice(-2).map(({ headline }) => headline)).toEqual(['Warning: one', 'Warning: two'])
    await tellAll(notice('three', { customerId }))
    await db().channel.update({ where: { id }, data: { heldUntil: new Date('2999-01-01') } })
    await handAllOver(now)
    const off = await edit(saved, { enabled: false }, 'ofCustomer')
    expect(off.saved.channel).toMatchObject({ state: 'off', waiting: 0 })
    expect((await page({ limit: '1' })).body).toMatchObject({ items: [{ headline: 'Warning: three', state: 'dropped' }] })
    expect(JSON.parse((await db().auditEntry.findFirstOrThrow({ where: { action: 'channel.edit', targetId: id }, orderBy: { entry: 'desc' } })).canonical)).toMatchObject({ details: { dropped: 1, secretChanged: false } })
    expect((await call(channelOperations.retry, { token: token.ofCustomer, params: { id }, body: {} })).status).toBe(409)
  })

  it('two at once: the second is told that it was changed', async () => {
    const { saved } = await create({ target: { kind: 'webhook', url: 'https://hooks.example/a' } })
    expect((await edit(saved, { name: 'First' })).status).toBe(200)
    expect((await edit(saved, { name: 'Second' })).status).toBe(412)
  })
})

describe('invitations', () => {
  const invite = async (address: string) => (await call(teamOperations.invite, { token: token.owner, body: { email: address, name: 'Runa\r\nHolt', grants: [{ role: 'viewer', customerId }] } })).body as { link: string; mail: unknown }

  it('are shown alone while no channel is for them', async () => expect((await invite('one@nordwall.example')).mail).toBeNull())

  it('go through the channel that an owner chose, and the link is in the mail and the answer alone', async () => {
    expect((await create({ target: loopback(), privateAllowed: true, forInvitations: true })).status).toBe(403)
    const { saved } = await create({ target: loopback(), privateAllowed: true, forInvitations: true }, 'owner')
    // Who may not choose it may not turn it elsewhere either.
    expect((await edit(saved, { name: 'Mine' })).status).toBe(403)
    const { link, mail: told } = await invite('two@nordwall.example')
    expect(told).toEqual({ sent: true, sentence: 'Also sent to two@nordwall.example.' })
    const sent = mail.mails.at(-1)
    expect(sent?.text).toContain(link)
    expect(sent?.subject).toBe('Your invitation to Palisade at localhost:3000')
    const kept = JSON.stringify([await db().notice.findMany(), await db().delivery.findMany(), await db().auditEntry.findMany()], (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value))
    expect(kept).not.toContain(new URL(link).hash.slice(1))
  })

  it('say why a mail did not go out, and the link is there all the same', async () => {
    await mail.stop()
    const { link, mail: told } = await invite('three@nordwall.example')
    expect(link).toContain('/join#')
    expect(told).toMatchObject({ sent: false, sentence: expect.stringMatching(/^It could not be sent to three@nordwall\.example\. The server refuses connections at port/) })
    // Whoever manages one customer learns nothing of the mail server of all.
    const ofOne = await person([{ role: 'admin', customerId }])
    const link4 = { to: { id: ofOne.id, email: 'four@nordwall.example', name: 'Four' }, purpose: 'join', link: new Secret('https://palisade.example/join#x'), expiresAt: new Date(), customer: null } as const
    expect((await mailLink(ofOne, link4))?.sentence).toBe('It could not be sent to four@nordwall.example. An admin of all customers can send a test over the channel for invitations, which says why.')
    expect((await db().auditEntry.findFirstOrThrow({ where: { action: 'operator.link.mail' }, orderBy: { entry: 'desc' } })).canonical).not.toContain('refuses connections')
    mail = await startMailServer()
  })
})
