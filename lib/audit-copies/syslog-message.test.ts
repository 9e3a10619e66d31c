import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AUDIT_ACTIONS } from '@/lib/audit/actions'
import { canonicalJson } from '@/lib/core/canonical-json'
import type { AuditEntry } from '@/lib/db/generated/client'
import { framesOf, readMessage } from '@/lib/testing/syslog'
import { entryFrame, MESSAGE_BYTES_MAX, testFrame } from './syslog-message'

const SEED = 20261125
const AT = new Date('2026-11-25T03:04:05.006Z')
const ZEROS = '0'.repeat(64)
/** What names may hold that could break a frame, a parameter, a terminal or a line. */
const nasty = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('a"b]c\\d', '\u001b[2J\r\n<110>1 - - - - - -', '\u2028\u202e\u0085\u007f', '日本橋 🙂', '[x@1 y="z"]', '\ud800'))

function entryOf(names: { actor: string; target: string; customer: string | null }, action: string = 'firewall.enrol', result = 'done', more: unknown = null): AuditEntry {
  const canonical = canonicalJson({ at: AT, actor: { kind: 'operator', id: 'o', name: names.actor }, action, target: { kind: 'firewall', id: null, name: names.target }, customer: names.customer === null ? null : { id: 'c', name: names.customer }, result, details: {}, after: more })
  const hash = createHash('sha256').update(ZEROS + canonical).digest('hex')
  return { entry: 17n, at: AT, actorKind: 'operator', actorId: 'o', actorName: names.actor, sourceAddress: '2001:db8::9', requestId: null, action, targetKind: 'firewall', targetId: null, targetName: names.target, customerId: names.customer === null ? null : 'c', customerName: names.customer, result, intentEntry: null, canonical, previousHash: ZEROS, hash }
}
const only = (bytes: Buffer) => {
  const { frames, rest } = framesOf(bytes)
  expect([frames.length, rest.length]).toEqual([1, 0])
  return readMessage(frames[0] ?? Buffer.alloc(0))
}

describe('an entry as a syslog message', () => {
  it('names itself, its hash and what people filter by, and can be proven against the chain', () => {
    const message = only(entryFrame(entryOf({ actor: 'Mira "M"', target: 'kl-rtm-fw1', customer: 'Klaas [NL]' })))
    expect(message).toMatchObject({ facility: 13, severity: 6, at: '2026-11-25T03:04:05.006Z', host: 'localhost', app: 'palisade', process: '-', id: 'firewall.enrol', structuredId: 'palisade@32473' })
    expect(message.values).toEqual({ entry: '17', hash: expect.stringMatching(/^[0-9a-f]{64}$/) as string, action: 'firewall.enrol', result: 'done', actorKind: 'operator', actor: 'Mira "M"', source: '2001:db8::9', targetKind: 'firewall', target: 'kl-rtm-fw1', customerId: 'c', customer: 'Klaas [NL]' })
    expect(createHash('sha256').update(ZEROS + canonicalJson(JSON.parse(message.text))).digest('hex')).toBe(message.values.hash)
  })

  it('survives whatever people and firewalls are called, in printable text and one line', () => {
    fc.assert(
      fc.property(nasty, nasty, fc.option(nasty), fc.constantFrom(...AUDIT_ACTIONS), fc.constantFrom('intent', 'done', 'failed', 'refused'), (actor, target, customer, action, result) => {
        const row = entryOf({ actor, target, customer }, action, result)
        const message = only(entryFrame(row))
        expect(message.text).toMatch(/^[\x20-\x7e]*$/)
        expect(Object.values(message.values).join('')).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e]/u)
        expect(canonicalJson(JSON.parse(message.text))).toBe(row.canonical)
        expect([message.id, message.severity]).toEqual([action, result === 'failed' || result === 'refused' ? 4 : 6])
      }),
      { seed: SEED, numRuns: 300 },
    )
  })

  it('is cut where receivers cut, and says so', () => {
    const bytes = entryFrame(entryOf({ actor: 'a', target: 'b', customer: null }, 'bulk.start', 'done', 'é'.repeat(5_000)))
    const { frames } = framesOf(bytes)
    expect(frames[0]?.length).toBe(MESSAGE_BYTES_MAX)
    expect(only(bytes).values).toMatchObject({ entry: '17', cut: 'yes' })
  })

  it('no action is longer than the header has room for', () => expect(AUDIT_ACTIONS.filter((action) => action.length > 32)).toEqual([]))
  it('a test is no entry', () => expect(only(testFrame(AT)).values).toEqual({ test: 'yes' }))
})
