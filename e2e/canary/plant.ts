// Brings secrets into an installation in every way in which people do, and remembers them.
import { z } from 'zod'
import type { Planted } from '@/lib/testing/needles'
import { codeOf, setUpFactor } from '../authenticator'
import type { AddOptions } from '../fake-firewalls/options'
import { addFirewall } from '../fleet-client'
import { enter, newRecorder, type Recorder } from '../recorder'
import type { Started } from '../started'

/** Found wherever it is looked for, so that a search that finds nothing is known to have looked. */
export const CUSTOMER = 'Zanzibar Lighthouse Keepers'
/** Where a secret is shown once, by the name of the answer. */
export type Secret = Planted & { shownIn?: RegExp }
export type Planting = { owner: Recorder; all: Recorder[]; secrets: Secret[]; ids: { firewalls: string[]; customer: string; site: string; operator: string; token: string; enrolment: string; channels: string[] } }

const withId = z.object({ id: z.string() })
const invited = z.object({ link: z.string(), operator: withId })
const newToken = z.object({ id: z.string(), secret: z.string() })
const etagged = z.object({ etag: z.string() })
const LINK = /\/setup\?token=(\S+)/
/** Every character that some encoding writes differently. */
const hard = (word: string) => `${word} "q" \\ / % & + < > 7 fern`
const tokenOf = (link: string) => new URL(link).hash.slice(1)
const PRIVILEGES = ['page-all']

/** Simulated firewalls with credentials of our own, one for each method. */
async function firewalls(planted: string) {
  const user = (word: string) => ({ name: 'palisade-canary', password: hard(`${word} password`), key: `${word}-key-${'k'.repeat(20)}/+7`, secret: `${word}-secret-${'s'.repeat(20)}/+7`, privileges: PRIVILEGES })
  const all: (AddOptions & { method: string; user: ReturnType<typeof user> })[] = [
    { name: 'canary-key', family: 'opnsense', version: '26.7', method: 'key-secret', user: user('orchid') },
    { name: 'canary-basic', family: 'pfsense-v2', version: '2.10', method: 'basic', user: user('walnut') },
    { name: 'canary-api-key', family: 'pfsense-v2', version: '2.10', method: 'api-key', user: user('juniper') },
    { name: 'canary-jwt', family: 'pfsense-v2', version: '2.10', method: 'jwt', user: user('tamarind'), settings: { auth_methods: ['JWTAuth'] } },
    { name: 'canary-v1', family: 'pfsense-v1', version: '1.9', method: 'basic', user: user('hornbeam') },
    { name: 'canary-v1-token', family: 'pfsense-v1', version: '1.9', method: 'token', user: user('sycamore'), settings: { authmode: 'token' } },
  ]
  return Promise.all(
    all.map(async ({ method, user, ...options }) => {
      const fake = await addFirewall({ ...options, users: [user], plantSecrets: planted })
      const own: Record<string, Record<string, string>> = { 'key-secret': { key: user.key, secret: user.secret }, 'api-key': { key: user.key }, basic: { username: user.name, password: user.password }, jwt: { username: user.name, password: user.password } }
      return { fake, method, user, values: own[method] ?? fake.credential(method) }
    }),
  )
}

async function enrolAll(owner: Recorder, customerId: string, siteId: string, secrets: Secret[]): Promise<string[]> {
  const planted = 'canary-in-replies'
  secrets.push(...['-private-key', '-wireguard-key', '-preshared-key', '-bcrypt-hash', '-pppoe-password', '-ipsec-psk'].map((part) => ({ name: `reply${part}`, value: planted + part })))
  const ids: string[] = []
  for (const { fake, method, values, user } of await firewalls(planted)) {
    const place = { family: fake.family, baseUrl: fake.url, trust: { mode: 'pin', sha256: fake.sha256 } }
    secrets.push(...Object.entries(values).flatMap(([field, value]) => (['username', 'clientId', 'method'].includes(field) ? [] : [{ name: `${fake.name} ${field}`, value, user: values['key'] && field === 'secret' ? values['key'] : (values['clientId'] ?? user.name) }])))
    await owner.api('POST', '/firewalls/probe', { baseUrl: fake.url })
    const { id } = withId.parse(await owner.api('POST', '/firewalls', { ...place, name: fake.name, customerId, siteId, credential: { method, ...values } }))
    ids.push(id)
    await owner.send('POST', `/api/v1/firewalls/${id}/refresh`, { body: {} })
    await owner.send('POST', `/api/v1/firewalls/${id}/check`, { body: {} })
  }
  // What was mistyped is a secret too: mostly it is the password of something else.
  const mistyped = hard('mistyped on a firewall')
  secrets.push({ name: 'mistyped credential', value: mistyped, user: 'palisade-canary' })
  const { etag } = etagged.parse(await owner.api('GET', `/firewalls/${ids[1] ?? ''}`))
  await owner.send('PUT', `/api/v1/firewalls/${ids[1] ?? ''}/credential`, { body: { credential: { method: 'basic', username: 'palisade-canary', password: mistyped } }, headers: { 'if-match': etag } })
  return ids
}

/** A file whose one line waits for a person, so that its credential is kept. */
async function takeFile(owner: Recorder, secrets: Secret[]): Promise<string> {
  const fake = await addFirewall({ name: 'canary-file', family: 'pfsense-v2', version: '2.10' })
  const password = hard('Kelp forest')
  secrets.push({ name: 'password in a file', value: password, user: 'palisade-canary' })
  const line = ['canary-file', CUSTOMER, fake.url, 'palisade-canary', password].map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')
  const body = { fileName: 'canary.csv', fileBase64: Buffer.from(`name,customer,url,username,password\n${line}\n`).toString('base64') }
  await owner.api('POST', '/enrolments/preview', body)
  return withId.parse(await owner.api('POST', '/enrolments', body)).id
}

const savedChannel = z.object({ channel: withId, signingSecret: z.string().nullable() })

/** One channel of each kind with a secret, tried: they send to addresses that channels may not reach. */
async function makeChannels(owner: Recorder, customerId: string, secrets: Secret[]): Promise<string[]> {
  const [password, token] = [hard('Gannet rock'), hard('Puffin ledge')]
  const address = (word: string) => `https://127.0.0.1/services/T0/B0/${word}-${'z'.repeat(20)}`
  const targets = [
    { kind: 'email', host: '127.0.0.1', port: 587, security: 'starttls', trust: { mode: 'public-ca' }, user: 'palisade-canary', password, from: 'canary@nordwall.example', to: ['noc@nordwall.example'] },
    { kind: 'webhook', url: 'https://127.0.0.1/hook' },
    { kind: 'slack', url: address('kittiwake') },
    { kind: 'teams', url: address('guillemot') },
    { kind: 'ntfy', server: 'https://127.0.0.1', topic: 'noc', token },
  ]
  secrets.push({ name: 'password of a mail server', value: password, user: 'palisade-canary' }, { name: 'token of ntfy', value: token }, { name: 'address of Slack', value: address('kittiwake') }, { name: 'address of Teams', value: address('guillemot') })
  const ids: string[] = []
  for (const target of targets) {
    const { channel, signingSecret } = savedChannel.parse(await owner.api('POST', '/channels', { name: `canary ${target.kind}`, customerId, target }))
    if (signingSecret !== null) secrets.push({ name: 'key that signs', value: signingSecret, shownIn: /channels$/ })
    await owner.send('POST', `/api/v1/channels/${channel.id}/test`, { body: {} })
    ids.push(channel.id)
  }
  return ids
}

async function setUpOwner(product: Started, secrets: Secret[]): Promise<Recorder> {
  const [first, changed, wrong] = [hard('Peat bog'), hard('Slate quarry'), hard('Wrong door')]
  const token = decodeURIComponent(LINK.exec(product.output())?.[1] ?? '')
  const account = { email: 'canary.owner@nordwall.example', password: first }
  const owner = await newRecorder(product.url)
  await owner.api('POST', '/setup', { token, name: 'Canary Owner', ...account })
  await enter(owner, 'credentials', { ...account, password: wrong })
  await enter(owner, 'credentials', account)
  const factor = await setUpFactor(owner)
  secrets.push(
    { name: 'set-up link', value: token, shownIn: /^console$/ },
    { name: 'password', value: first, user: account.email },
    { name: 'changed password', value: changed, user: account.email },
    { name: 'mistyped password', value: wrong, user: account.email },
    { name: 'secret of the authenticator', value: factor.secret, shownIn: /second-factor$/ },
    ...factor.codes.map((value, at) => ({ name: `recovery code ${at + 1}`, value, shownIn: /second-factor\/confirm$/ })),
  )
  await owner.api('PUT', '/me/password', { currentPassword: first, password: changed })
  await enter(owner, 'second-factor', { code: codeOf(factor.secret) })
  secrets.push({ name: 'cookie of the session', value: await owner.cookie('palisade-session'), shownIn: /callback/ }, { name: 'cookie of the browser', value: await owner.cookie('palisade-device'), shownIn: /callback/ })
  return owner
}

async function inviteColleague(product: Started, owner: Recorder, customerId: string, secrets: Secret[]): Promise<{ colleague: Recorder; operator: string }> {
  const account = { email: 'canary.guest@nordwall.example', password: hard('Tide table') }
  const { link, operator } = invited.parse(await owner.api('POST', '/operators', { email: account.email, name: 'Canary Guest', grants: [{ role: 'admin', customerId }] }))
  const colleague = await newRecorder(product.url)
  await colleague.api('POST', '/join/look', { token: tokenOf(link) })
  await colleague.api('POST', '/join', { token: tokenOf(link), name: 'Canary Guest', password: account.password })
  await enter(colleague, 'credentials', account)
  const factor = await setUpFactor(colleague)
  const reset = invited.parse(await owner.api('POST', `/operators/${operator.id}/link`))
  secrets.push(
    { name: 'invitation link', value: tokenOf(link), shownIn: /operators$/ },
    { name: 'password link', value: tokenOf(reset.link), shownIn: /link$/ },
    { name: 'password of the guest', value: account.password, user: account.email },
    { name: 'secret of the second authenticator', value: factor.secret, shownIn: /second-factor$/ },
  )
  return { colleague, operator: operator.id }
}

export async function plant(product: Started): Promise<Planting> {
  const secrets: Secret[] = []
  const owner = await setUpOwner(product, secrets)
  const customer = withId.parse(await owner.api('POST', '/customers', { name: CUSTOMER })).id
  const site = withId.parse(await owner.api('POST', '/sites', { name: 'Lamp room', customerId: customer, timeZone: 'UTC' })).id
  const { colleague, operator } = await inviteColleague(product, owner, customer, secrets)
  const made = newToken.parse(await owner.api('POST', '/tokens', { name: 'Canary script', role: 'viewer', customerIds: null, days: 30 }))
  secrets.push({ name: 'token', value: made.secret, shownIn: /tokens$/ }, { name: 'token of the console', value: await product.token('canary.owner@nordwall.example', 'owner') })
  const firewalls = await enrolAll(owner, customer, site, secrets)
  const enrolment = await takeFile(owner, secrets)
  const channels = await makeChannels(owner, customer, secrets)
  return { owner, all: [owner, colleague], secrets, ids: { firewalls, customer, site, operator, token: made.id, enrolment, channels } }
}
