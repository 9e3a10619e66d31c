import { describe, expect, it } from 'vitest'
import { READ_KINDS } from '@/lib/adapters/model'
import { COMPLETE_26_7, fakeFirewall, options, signal, toReply, type Answer, type Answers } from './__fixtures__/fake-firewall'
import { opnsense } from './index'
import { rawReads } from './raw'

const CANARY = 'CANARY7e3f'
const PEM = `-----BEGIN PRIVATE KEY-----\n${CANARY}pem\n-----END PRIVATE KEY-----`
const HASH = `$6$${CANARY}$${CANARY}hash`
/** What other rows of the same firewall hold in reality: keys of certificates, hashes, PPPoE, alias and tunnel passwords. */
const SECRETS: Readonly<Record<string, unknown>> = {
  prv: PEM,
  prv_payload: PEM,
  password: `${CANARY}password`,
  username: `${CANARY}username`,
  apikeys: { item: { key: `${CANARY}key`, secret: HASH } },
  otp_seed: `${CANARY}seed`,
  'pre-shared-key': `${CANARY}psk`,
  psk: `${CANARY}psk`,
  'private-key': `${CANARY}private`,
  config: { ppps: { username: `${CANARY}pppoe`, password: `${CANARY}pppoe` }, descr: `${CANARY}config` },
  bcrypt: HASH,
}

/** Every object of a reply gets the secrets; texts that are lists of addresses get a URL with a login. */
function planted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(planted)
  if (typeof value !== 'object' || value === null) return value
  const members: [string, unknown][] = Object.entries(value)
  const entries = members.map(
    ([name, member]) =>
      [name, name === 'content' ? `https://${CANARY}user:${CANARY}pass@lists.example/drop.txt?token=${CANARY}token\n198.51.100.1` : planted(member)] as const,
  )
  // Who changed a rule is no secret: that user name stays.
  return { ...Object.fromEntries(entries), ...SECRETS, ...('time' in value && 'username' in value ? { username: value.username } : {}) }
}

function plantedAnswers(): Answers {
  return Object.fromEntries(
    Object.entries(COMPLETE_26_7).map(([path, answer]) => {
      if (typeof answer === 'function') return [path, answer]
      const reply = toReply(answer)
      if (reply.status !== 200) return [path, answer]
      // A map by interface or subsystem has no room for foreign keys; everything below its entries has.
      const json: unknown = JSON.parse(reply.text)
      return [path, { json: planted(json) } satisfies Answer]
    }),
  )
}

describe('planted secrets', () => {
  it.each(READ_KINDS)('none is in the reading %s', async (kind) => {
    const adapter = opnsense.connect(options(fakeFirewall(plantedAnswers())))
    const reading: unknown = await adapter.reads[kind](signal)
    expect(JSON.stringify(reading)).not.toContain(CANARY)
  })

  it('none is in the result of a credential test', async () => {
    const { test } = await opnsense.connect(options(fakeFirewall(plantedAnswers()))).test(signal)
    expect(JSON.stringify(test)).not.toContain(CANARY)
  })

  it.each(rawReads.map((read) => read.id))('none is in the raw reading %s', async (id) => {
    const answers = plantedAnswers()
    const read = rawReads.find((entry) => entry.id === id)
    const covered: Answers =
      (answers[`GET ${read?.path}`] ?? answers[`POST ${read?.path}`])
        ? answers
        : { ...answers, [`GET ${read?.path}`]: { json: planted({ rows: [{ ip: '192.0.2.1' }] }) } }
    const raw: unknown = await opnsense
      .connect(options(fakeFirewall({ ...covered, 'GET /api/dhcpv4/leases/searchLease': { json: planted({ rows: [{ ip: '192.0.2.1' }] }) } })))
      .readRaw(id, signal)
    expect(JSON.stringify(raw)).not.toContain(CANARY)
    expect(JSON.stringify(raw).length).toBeGreaterThan(2)
  })

  it('none is in the redacted reply of an error', async () => {
    const answers: Answers = { 'GET /api/core/service/search': { json: planted({ rows: 'broken', total: 1 }) } }
    const error: unknown = await opnsense
      .connect(options(fakeFirewall(answers)))
      .reads.services(signal)
      .catch((reason: unknown) => reason)
    expect(error).toMatchObject({ code: 'firewall-reply-not-understood', rawReply: expect.stringContaining('broken') })
    const shown = `${String(error)} ${JSON.stringify(error)} ${String(Object(error).rawReply)}`
    for (const secret of ['pem', 'password', 'psk', 'private', 'hash', 'seed', 'key']) expect(shown).not.toContain(`${CANARY}${secret}`)
  })
})

describe('raw readings', () => {
  it('keep what is no secret', async () => {
    const raw = await opnsense.connect(options(fakeFirewall(COMPLETE_26_7))).readRaw('arp', signal)
    expect(raw).toEqual(expect.arrayContaining([expect.objectContaining({ ip: '192.168.1.101', hostname: 'laptop-anna' })]))
  })

  it('are a closed list without commands, configuration, certificates, users and keys', async () => {
    for (const { path } of rawReads)
      expect(path).not.toMatch(/backup|trust|auth|user\b|api_key|reboot|halt|snapshots|cron|hasync|log\b|get_interface_config|(set|add|del|toggle|move)_/)
    expect(new Set(rawReads.map((read) => read.id)).size).toBe(rawReads.length)
    const firewall = fakeFirewall(COMPLETE_26_7)
    await expect(opnsense.connect(options(firewall)).readRaw('../core/backup/download/this', signal)).rejects.toMatchObject({ code: 'not-found' })
    expect(firewall.requests).toHaveLength(0)
  })
})
