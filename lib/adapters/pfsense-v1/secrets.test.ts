// Secrets planted into every object of every reply: none may come out of a reading, a raw reading, a test or an error.
import { inspect } from 'node:util'
import { expect, it } from 'vitest'
import { READ_KINDS } from '@/lib/adapters/model'
import { AppError } from '@/lib/core/errors'
import { BASIC, fakeFirewall, HEALTHY, JWT, optionsFor, recorded, signal, TOKEN, type Answer } from './__fixtures__/fake-firewall'
import { pfsenseV1 } from './index'

const PLANTED = {
  password: 'CANARY-password',
  'bcrypt-hash': '$2y$10$CANARYCANARYCANARYCANARYu',
  prv: 'CANARY-prv',
  'pre-shared-key': 'CANARY-psk',
  shared_key: 'CANARY-shared',
  client_token: 'CANARY-token',
  pppoe_password: 'CANARY-pppoe',
  ipsecpsk: 'CANARY-ipsec',
  auth_pass: 'CANARY-auth',
  hasync_password: 'CANARY-hasync',
  tls: '-----BEGIN OpenVPN Static key V1-----\nCANARY\n-----END OpenVPN Static key V1-----',
  crt: '-----BEGIN PRIVATE KEY-----\nCANARY\n-----END PRIVATE KEY-----',
  keys: { key: [{ client_id: '61', client_token: 'CANARY-hash' }] },
}

function plant(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plant)
  if (typeof value !== 'object' || value === null) return value
  return { ...Object.fromEntries(Object.entries(value).map(([key, member]) => [key, plant(member)])), ...PLANTED }
}
const planted = (answer: Answer): Answer => {
  if (answer instanceof Error) return answer
  const body: unknown = JSON.parse(answer.text)
  if (typeof body !== 'object' || body === null || !('data' in body)) return answer
  return { ...answer, text: JSON.stringify({ ...body, data: plant(body.data) }) }
}
const CANARIES = Object.fromEntries(Object.entries(HEALTHY).map(([key, answer]) => [key, planted(answer)]))
const said = (value: unknown) => `${JSON.stringify(value)}${inspect(value, { depth: 20 })}`

it('really plants them', () => expect(JSON.stringify(CANARIES).match(/CANARY/g)?.length).toBeGreaterThan(500))

it.each(READ_KINDS)('drops them from %s', async (kind) => {
  expect(said(await pfsenseV1.connect(optionsFor(fakeFirewall(CANARIES).transport, BASIC)).reads[kind](signal))).not.toContain('CANARY')
})

it.each(pfsenseV1.rawReads.map(({ id }) => id))('redacts them in the raw reading %s', async (id) => {
  expect(said(await pfsenseV1.connect(optionsFor(fakeFirewall(CANARIES).transport, BASIC)).readRaw(id, signal))).not.toContain('CANARY')
})

it('drops them from the credential test', async () => {
  expect(said(await pfsenseV1.connect(optionsFor(fakeFirewall(CANARIES).transport, BASIC)).test(signal))).not.toContain('CANARY')
})

it('redacts them in errors, and never tells its own credential', async () => {
  const broken = { status: 200, text: JSON.stringify({ status: 'ok', code: 200, return: 0, message: 'Success', data: { ...PLANTED, ip: {} } }) }
  const error: unknown = await pfsenseV1
    .connect(optionsFor(fakeFirewall({ 'GET /api/v1/system/arp': broken }).transport, BASIC))
    .reads.arp(signal)
    .catch((reason: unknown) => reason)
  if (!(error instanceof AppError)) throw new Error('expected an AppError')
  expect(error.code).toBe('firewall-reply-not-understood')
  expect(`${said(error)}${error.rawReply ?? ''}`).not.toContain('CANARY')
  for (const credential of [BASIC, JWT, TOKEN]) {
    const refused: unknown = await pfsenseV1
      .connect(optionsFor(fakeFirewall({ 'GET *': recorded('auth-local-wrong-401'), 'POST *': recorded('auth-local-wrong-401') }).transport, credential))
      .reads.arp(signal)
      .catch((reason: unknown) => reason)
    for (const secret of ['pass phrase', 'hunter-two', '893c8e0d', Buffer.from('palisade:hunter-two').toString('base64')])
      expect(said(refused), secret).not.toContain(secret)
  }
})
