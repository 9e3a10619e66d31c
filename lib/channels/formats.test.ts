// What each kind of channel sends, and that names of firewalls stay text in all of them.
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bodyOf, subjectOf, textOf, type StoredNotice } from '@/lib/notices/text'
import type { Message } from './outcome'
import { ntfyBody } from './ntfy/payload'
import { sendNtfy } from './ntfy/send'
import { slackBody } from './slack/payload'
import { sendSlack } from './slack/send'
import { teamsBody } from './teams/payload'
import { webhookBody } from './webhook/payload'
import { parseNetworks } from '@/lib/outbound/address-policy'

const evil = '<!channel> *fw* [x](https://evil.example) <https://evil.example|fw>\r\nX: y\u202e'
const stored = (more: Partial<StoredNotice> = {}): StoredNotice => ({
  id: '7',
  kind: 'alert-opened',
  at: new Date('2026-11-25T02:00:00Z'),
  severity: 'critical',
  customerId: '0193d1b8-0000-7000-8000-000000000001',
  firewallId: '0193d1b8-0000-7000-8000-000000000002',
  alertId: '0193d1b8-0000-7000-8000-000000000003',
  facts: { title: 'Unreachable', sentence: 'No answer for 5 minutes.', firewallName: evil, customerName: 'Nordwall', since: '2026-11-25T01:55:00.000Z', effects: 3 },
  ...more,
})
const message = (...notices: StoredNotice[]): Message => ({ id: 'delivery-1', at: new Date('2026-11-25T02:00:00Z'), texts: notices.map(textOf) })

describe('the text', () => {
  it('is a headline, a sentence, what is known, and the page', () => {
    const [text] = message(stored({ facts: { title: 'Unreachable', sentence: 'No answer for 5 minutes.', firewallName: 'fw1', customerName: 'Nordwall', since: '2026-11-25T01:55:00.000Z', effects: 3, note: '' } })).texts
    expect(bodyOf(text ? [text] : [])).toBe(
      ['Critical: Unreachable, fw1', 'No answer for 5 minutes.', '', 'Customer: Nordwall', 'Firewall: fw1', 'Since: 25 Nov 2026, 01:55:00 UTC', 'Follows from it: 3', 'http://localhost:3000/alerts/0193d1b8-0000-7000-8000-000000000003'].join('\n'),
    )
  })
  it('of many says how many and how many are critical', () => {
    expect(subjectOf(message(stored(), stored({ severity: 'notice' })).texts)).toBe('2 notices, 1 critical')
    expect(subjectOf(message(stored({ kind: 'alert-resolved', facts: { title: 'Unreachable', sentence: 'It answers again.', firewallName: 'fw1' } })).texts)).toBe('Resolved: Unreachable, fw1')
  })
  it('survives facts of another version', () => expect(subjectOf(message(stored({ facts: { title: 7 } })).texts)).toBe('Critical: Something happened'))
})

describe('names stay text', () => {
  it('for Slack: in plain_text, and escaped in the fallback', () => {
    const body: { text: string; blocks: { type: string; text?: { type: string }; elements?: { text: string }[] }[] } = JSON.parse(slackBody(message(stored())))
    expect(body.text).not.toMatch(/[<>]/)
    expect(body.blocks.flatMap(({ text }) => (text ? [text.type] : []))).toEqual(['plain_text', 'plain_text'])
    expect(body.blocks.flatMap(({ elements = [] }) => elements).map(({ text }) => text)).toEqual(['<http://localhost:3000/alerts/0193d1b8-0000-7000-8000-000000000003|Open in Palisade>'])
    expect(JSON.parse(slackBody(message(...Array.from({ length: 15 }, () => stored())))).blocks.length).toBeLessThanOrEqual(50)
  })
  it('for Teams: an adaptive card in a message, with runs of text and no block that reads Markdown', () => {
    const text = teamsBody(message(stored()))
    expect(JSON.parse(text)).toMatchObject({ type: 'message', attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: { type: 'AdaptiveCard', version: '1.4', actions: [{ type: 'Action.OpenUrl' }] } }] })
    expect(text).not.toMatch(/"type":"(TextBlock|FactSet)"/)
  })
  it('for ntfy: in JSON, with the priority of the worst that is open', () => {
    expect(JSON.parse(ntfyBody('noc', message(stored({ severity: 'notice' }), stored())))).toMatchObject({ topic: 'noc', priority: 5, tags: ['rotating_light'] })
    expect(JSON.parse(ntfyBody('noc', message(stored({ kind: 'alert-resolved' }))))).toMatchObject({ priority: 2 })
  })
  it('for a webhook: every notice with its facts, and no control character or direction mark', () => {
    const text = webhookBody(message(stored(), stored()))
    expect(JSON.parse(text)).toMatchObject({ version: 1, id: 'delivery-1', notices: [{ id: '7', kind: 'alert-opened', severity: 'critical', title: 'Unreachable', effects: 3, firewall: { id: stored().firewallId } }, {}] })
    expect(JSON.parse(text).notices[0].headline).not.toMatch(/[\r\n\u202e]/)
  })
})

describe('what the other side says', () => {
  let server: http.Server
  let url = ''
  const seen: { path: string; authorization: string | undefined }[] = []
  beforeAll(async () => {
    server = http.createServer((request, reply) => {
      seen.push({ path: request.url ?? '', authorization: request.headers.authorization })
      request.resume().on('end', () => void reply.writeHead(request.url === '/services/T0/B0/long-secret' ? 400 : 200).end(`no_service for ${url}/services/T0/B0/long-secret, key long-secret`))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterAll(() => void server.close())
  const way = { allowedNetworks: parseNetworks('127.0.0.0/8'), onlyPublic: false, signal: new AbortController().signal }

  it('never brings the address of Slack into a log', async () => {
    expect(await sendSlack({ kind: 'slack', origin: url }, { url: `${url}/services/T0/B0/long-secret` }, message(stored()), way)).toEqual({ result: 'never', answer: 'It refused the message for good (status 400). It said: no_service for [secret], key [secret]' })
  })
  it('ntfy gets its token in a header alone', async () => {
    expect((await sendNtfy({ kind: 'ntfy', server: url, topic: 'noc' }, { token: 'tk_1' }, message(stored()), way)).result).toBe('delivered')
    expect(seen.at(-1)).toEqual({ path: '/', authorization: 'Bearer tk_1' })
  })
})
