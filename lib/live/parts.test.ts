import { describe, expect, it } from 'vitest'
import type { StoredChange } from '@/lib/db/live-sql'
import { coalesce, DIFFERENT_MAX } from './coalesce'
import { EventStream, WAITING_BYTES_MAX } from './event-stream'
import { canResume, isBefore, parsePosition, positionText } from './position'
import { LiveReader } from './reader'
import { mayBeTold } from './topics'

const row = (topic: string, more: Partial<StoredChange> = {}): StoredChange => ({ tx: '5', id: '1', topic, customerId: null, firewallId: null, detail: null, ...more })

describe('who may be told', () => {
  const at = (role: 'viewer' | 'admin' | 'owner', customerId: string | null) => ({ operatorId: 'me', grants: [{ role, customerId }] })
  it.each([
    ['a firewall of their customer', at('viewer', 'a'), row('firewall', { customerId: 'a' }), true],
    ['a firewall of another customer', at('viewer', 'a'), row('firewall', { customerId: 'b' }), false],
    ['any firewall, over all customers', at('viewer', null), row('firewall', { customerId: 'b' }), true],
    ['the installation, over one customer', at('admin', 'a'), row('settings'), false],
    ['the installation', at('owner', null), row('settings'), true],
    ['an operator, as a viewer', at('viewer', null), row('operator'), false],
    ['an operator of their customer, as its admin', at('admin', 'a'), row('operator', { customerId: 'a' }), true],
    ['an operator of all customers, as an admin of one', at('admin', 'a'), row('operator'), false],
    ['an act of their own', at('viewer', 'a'), row('bulk', { detail: 'me' }), true],
    ['an act of someone else, even as owner', at('owner', null), row('bulk', { detail: 'you' }), false],
    ['a shared view', at('viewer', 'a'), row('view'), true],
    ['a topic that this version does not know', at('owner', null), row('tomorrow'), false],
  ])('%s', (_, listener, change, expected) => expect(mayBeTold(listener, change)).toBe(expected))
})

describe('what is told at once', () => {
  it('names each thing once, and no operator', () => {
    const rows = [row('firewall', { firewallId: 'f' }), row('reading', { firewallId: 'f', detail: 'arp' }), row('firewall', { firewallId: 'f' }), row('bulk', { detail: 'me' })]
    expect(coalesce(rows)).toEqual([
      { topic: 'firewall', firewallId: 'f', detail: null },
      { topic: 'reading', firewallId: 'f', detail: 'arp' },
      { topic: 'bulk', firewallId: null, detail: null },
    ])
  })
  it('says only the topic when it is too much', () => {
    const many = Array.from({ length: DIFFERENT_MAX + 1 }, (_, n) => row('firewall', { firewallId: `f${n}` }))
    expect(coalesce(many)).toEqual([{ topic: 'firewall', firewallId: null, detail: null }])
    expect(coalesce(many.slice(1))).toHaveLength(DIFFERENT_MAX)
  })
})

describe('places', () => {
  const place = { tx: 18_446_744_073_709_551_615n, id: 9_223_372_036_854_775_807n, atMs: 1_795_000_000_123 }
  it('are written and read', () => {
    expect(parsePosition(positionText(place))).toEqual(place)
    for (const text of ['', '1', '1-2', '1-2-', '-1-2-3', '1-2-3-4', `${'9'.repeat(21)}-1-1`, '1-2-3\n']) expect(parsePosition(text)).toBeNull()
  })
  it('have an order, and can be gone on from for 55 minutes', () => {
    expect(isBefore({ tx: 1n, id: 9n }, { tx: 2n, id: 0n })).toBe(true)
    expect(isBefore({ tx: 2n, id: 1n }, { tx: 2n, id: 1n })).toBe(false)
    const now = { tx: 10n, id: 0n, atMs: 3_300_000 }
    expect(canResume({ tx: 9n, id: 4n, atMs: 0 }, now)).toBe(true)
    expect(canResume({ tx: 9n, id: 4n, atMs: -1 }, now)).toBe(false)
    expect(canResume({ tx: 11n, id: 0n, atMs: 3_300_000 }, now)).toBe(false)
  })
})

describe('a reader', () => {
  it('who does not keep up is ended, and little waits for them', () => {
    let ends = 0
    const stream = new EventStream(() => (ends += 1))
    let sent = 0
    while (stream.send('changes', '1', 'x'.repeat(1_000))) sent += 1
    expect(sent).toBeLessThanOrEqual(Math.ceil(WAITING_BYTES_MAX / 1_000))
    expect([ends, stream.send('alive', '1', '')]).toEqual([1, false])
  })
  it('who was brought further than a batch is told of the rest of it alone', async () => {
    const reader = new LiveReader({ kind: 'token', id: 't' }, 'me', [{ role: 'viewer', customerId: null }], () => undefined)
    reader.startAt({ tx: 5n, id: 1n, atMs: 0 }, false)
    const rows = ['1', '2', '3'].map((id) => row('firewall', { id, firewallId: `f${id}` }))
    reader.take({ from: { tx: 4n, id: 0n, atMs: 0 }, rows, upTo: { tx: 6n, id: 0n, atMs: 0 } })
    reader.take({ from: { tx: 4n, id: 0n, atMs: 0 }, rows, upTo: { tx: 5n, id: 3n, atMs: 0 } })
    reader.end()
    const text = await new Response(reader.stream.body).text()
    expect([...text.matchAll(/"firewallId":"(\w+)"/g)].map(([, id]) => id)).toEqual(['f2', 'f3'])
  })
})
