import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalJson } from './canonical-json'

describe('canonical JSON (RFC 8785)', () => {
  it('writes the numbers and strings of the RFC as the RFC does', () => {
    const value = { numbers: [333333333.33333329, 1e30, 4.5, 2e-3, 1e-27], string: '€$\u000f\nA\'B"\\\\"/', literals: [null, true, false] }
    expect(canonicalJson(value)).toBe('{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}')
  })
  it('sorts members by UTF-16 code units', () => {
    expect(canonicalJson({ '€': 1, '\r': 2, '1': 3, '😀': 4, ö: 5, '': 6, '\ufb33': 7 })).toBe('{"":6,"\\r":2,"1":3,"ö":5,"€":1,"😀":4,"\ufb33":7}')
  })
  it('says the same for the same value, whatever the order of its members, and means that value', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string().filter((name) => !name.includes('\u0000') && name !== '__proto__'), fc.jsonValue()), (members) => {
        const reversed = Object.fromEntries(Object.entries(members).reverse())
        expect(canonicalJson(reversed)).toBe(canonicalJson(members))
        expect(canonicalJson(JSON.parse(canonicalJson(members)))).toBe(canonicalJson(members))
      }),
    )
  })
  it('refuses what is not JSON and drops what the database cannot hold', () => {
    expect(() => canonicalJson({ a: Number.NaN })).toThrow(RangeError)
    expect(canonicalJson('a\u0000b')).toBe('"ab"')
    expect(canonicalJson('\ud800')).toBe('"\ufffd"')
  })
})
