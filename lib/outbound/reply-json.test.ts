import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { AppError } from '@/lib/core/errors'
import { isDeeperThan } from '@/lib/core/json-depth'
import { parseReplyJson } from './reply-json'

const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels)
const depthOf = (value: unknown): number => (typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0)

describe('parseReplyJson', () => {
  it('reads 64 levels and refuses 65', () => {
    expect(depthOf(parseReplyJson(nested(64)))).toBe(64)
    expect(() => parseReplyJson(nested(65))).toThrow('nested too deeply')
  })

  it.each(['', ' \n', '<html>', '{"a":', '\u0000\u0001', 'NaN', '{"a":1}{'])('says that %j is not understood', (text) => {
    expect(() => parseReplyJson(text)).toThrow(AppError)
    expect(() => parseReplyJson(text)).toThrow(expect.objectContaining({ code: 'firewall-reply-not-understood' }))
  })

  it('keeps secrets out of the error, its cause and the raw reply', () => {
    const text = '{"password":"hunter2-CANARY", nonsense'
    expect(() => parseReplyJson(text)).toThrow(expect.objectContaining({ cause: undefined, message: expect.not.stringContaining('CANARY'), rawReply: expect.not.stringContaining('CANARY') }))
  })

  const keys = fc.constantFrom('__proto__', '\\u005f_proto__', '__pr\\u006fto__', 'constructor', 'prototype', 'role', 'name')
  const { json } = fc.letrec<{ json: string; object: string }>((tie) => ({
    json: fc.oneof({ maxDepth: 4 }, fc.constantFrom('1', '"admin"', 'true', 'null'), tie('object')),
    object: fc.array(fc.tuple(keys, tie('json')), { minLength: 1, maxLength: 4 }).map((members) => `{${members.map(([key, value]) => `"${key}":${value}`).join(',')}}`),
  }))

  it('makes no object whose prototype a reply chose, even when copied carelessly', () => {
    const check = (value: unknown): void => {
      if (typeof value !== 'object' || value === null) return
      expect(Object.getPrototypeOf(Object.assign({}, value))).toBe(Object.prototype)
      for (const member of Object.values(value)) check(member)
    }
    fc.assert(fc.property(json, (text) => check(parseReplyJson(text))), { numRuns: 1000 })
    expect(Reflect.get({}, 'role')).toBeUndefined()
  })

  it('lets a schema hand on what it names and no more', () => {
    const schema = z.object({ name: z.string(), map: z.record(z.string(), z.number()) })
    const value = schema.parse(parseReplyJson('{"name":"fw","isAdmin":true,"__proto__":{"isAdmin":true},"constructor":{"prototype":{"isAdmin":true}},"map":{"a":1,"__proto__":2}}'))
    expect(value).toEqual({ name: 'fw', map: { a: 1 } })
    expect(Reflect.get(value, 'isAdmin')).toBeUndefined()
  })
})

describe('isDeeperThan', () => {
  it('agrees with the parsed depth of any JSON', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 8 }), fc.nat(9), (text, depthMax) => {
        expect(isDeeperThan(text, depthMax)).toBe(depthOf(JSON.parse(text)) > depthMax)
      }),
      { numRuns: 1000 },
    )
  })

  it.each(['"[[[["', '"\\"[[["', '"\\\\\\"[[["', '{"a[[[":"{{{"}'])('sees no levels inside the strings of %s', (text) => expect(isDeeperThan(text, 1)).toBe(false))
  it('sees the levels behind a string that ends in backslashes', () => expect(isDeeperThan('["\\\\",[[]]]', 2)).toBe(true))
  it('is linear for hostile text', () => {
    // Processor time: others use the machine too. What is not linear takes minutes.
    const before = process.cpuUsage()
    for (const text of ['"'.repeat(1_000_000), `"${'\\'.repeat(1_000_000)}`, '"\\"'.repeat(300_000), nested(500_000)]) isDeeperThan(text, 1_000_000)
    const { user, system } = process.cpuUsage(before)
    expect((user + system) / 1000).toBeLessThan(2_000)
  })
})
