import { inspect } from 'node:util'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AppError } from '@/lib/core/errors'
import { Secret } from '@/lib/core/secret'
import { createDataKey, DataKey } from './key-bytes'
import { openSealed, seal, type SealOwner } from './seal'

const key = createDataKey()
const owner: SealOwner = { owner: '0193f5a6-7b2c-7d3e-8f4a-5b6c7d8e9f0a', origin: 'https://fw.example', field: 'credential' }
const text = fc.string({ unit: 'binary' }).map((value) => value.toWellFormed())
const anyOwner = fc.record({ owner: fc.string(), origin: fc.string(), field: fc.string() })
const refused = (sealed: string, withKey: DataKey, by: SealOwner) => expect(() => openSealed(sealed, withKey, by)).toThrow(AppError)

describe('seal', () => {
  it('comes back as it went in', () => {
    fc.assert(
      fc.property(text, anyOwner, (value, by) => {
        expect(openSealed(seal(new Secret(value), key, by), key, by).reveal()).toBe(value)
      }),
      { numRuns: 500 },
    )
  })

  it('opens for no other firewall, address or field, however the parts are cut', () => {
    fc.assert(
      fc.property(text, anyOwner, anyOwner, (value, mine, theirs) => {
        fc.pre(JSON.stringify(mine) !== JSON.stringify(theirs))
        refused(seal(new Secret(value), key, mine), key, theirs)
      }),
      { numRuns: 500 },
    )
    const sealed = seal(new Secret('x'), key, { owner: 'a', origin: 'b', field: 'c' })
    for (const swapped of [{ owner: 'a","b', origin: '', field: 'c' }, { owner: 'ab', origin: '', field: 'c' }, { owner: 'b', origin: 'a', field: 'c' }]) refused(sealed, key, swapped)
  })

  it.each([
    ['another row', { ...owner, owner: 'another' }],
    ['another field', { ...owner, field: 'token' }],
    ['a changed address', { ...owner, origin: 'https://evil.example' }],
  ])('is refused in %s', (_where, by) => refused(seal(new Secret('x'), key, owner), key, by))

  it('is refused when any character of it is another', () => {
    const sealed = seal(new Secret('correct horse'), key, owner)
    for (let at = 0; at < sealed.length; at += 1) {
      for (const other of ['A', 'B', '_', '.', ' ', '=']) {
        if (sealed[at] !== other) refused(sealed.slice(0, at) + other + sealed.slice(at + 1), key, owner)
      }
    }
  })

  it('is refused when any bit of it is another', () => {
    const sealed = seal(new Secret('correct horse'), key, owner)
    const [version, keyId, ...parts] = sealed.split('.')
    parts.forEach((part, index) => {
      const bytes = Buffer.from(part, 'base64url')
      for (let bit = 0; bit < bytes.length * 8; bit += 1) {
        const flipped = Buffer.from(bytes)
        flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7))
        refused([version, keyId, ...parts.with(index, flipped.toString('base64url'))].join('.'), key, owner)
      }
    })
  })

  it('is refused with a tag of any other length', () => {
    const [version, keyId, iv, tag = '', body] = seal(new Secret('x'), key, owner).split('.')
    const bytes = Buffer.from(tag, 'base64url')
    expect(bytes).toHaveLength(16)
    for (let length = 0; length < 16; length += 1) refused([version, keyId, iv, bytes.subarray(0, length).toString('base64url'), body].join('.'), key, owner)
    refused([version, keyId, iv, Buffer.concat([bytes, bytes]).toString('base64url'), body].join('.'), key, owner)
  })

  it.each(['', '.', 'v1', 'v1....', '....', 'v1.x.y.z', 'v1.a.b.c.d.e'])('is refused when it is %j', (sealed) => refused(sealed, key, owner))

  it('is refused in another version and under another key', () => {
    const sealed = seal(new Secret('x'), key, owner)
    refused(sealed.replace(/^v1/, 'v0'), key, owner)
    refused(sealed.replace(/^v1/, 'v2'), key, owner)
    refused(sealed, createDataKey(), owner)
    // The same id with other bytes, and the same bytes under another id.
    refused(sealed, new DataKey(key.id, createDataKey().reveal()), owner)
    refused(sealed.replace(key.id, 'other'), new DataKey('other', key.reveal()), owner)
  })

  it('never looks the same twice, and shows neither secret nor its bytes', () => {
    const secret = new Secret('correct horse battery')
    const sealed = Array.from({ length: 1000 }, () => seal(secret, key, owner))
    expect(new Set(sealed.map((one) => one.split('.')[2])).size).toBe(1000)
    for (const form of ['utf8', 'base64', 'base64url', 'hex'] as const) expect(sealed.join()).not.toContain(Buffer.from('correct horse').toString(form).slice(0, 16))
  })

  it('says nothing of the secret when it is refused', () => {
    const sealed = seal(new Secret('correct horse'), key, owner)
    expect(() => openSealed(sealed, key, { ...owner, field: 'x' })).toThrow(expect.objectContaining({ code: 'internal', cause: undefined, message: expect.stringMatching(/^A stored secret cannot be opened.*\.$/) }))
  })
})

describe('keys', () => {
  it('cannot be printed or serialised', () => {
    const bytes = key.reveal()
    const shown = `${JSON.stringify({ key })} ${String(key)} ${inspect(key, { showHidden: true, depth: 5 })} ${inspect({ deep: [key] })}`
    for (const form of ['base64', 'base64url', 'hex', 'latin1'] as const) expect(shown).not.toContain(bytes.toString(form))
    expect(shown).not.toContain(inspect(bytes).slice(8, 30))
  })
  it('have 32 bytes', () => expect(() => new DataKey('id', Buffer.alloc(31))).toThrow(RangeError))
})
