import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { escapeUnseen } from './unseen'

describe('escapeUnseen', () => {
  it('writes out what turns text or is not seen, and keeps the rest', () => {
    expect(escapeUnseen('invoice\u202Efdp.exe')).toBe('invoice\\u202efdp.exe')
    expect(escapeUnseen('a\u0000b\u200Bc\u2069')).toBe('a\\u0000b\\u200bc\\u2069')
    expect(escapeUnseen('Ålesund\n\t"quay" 🚢')).toBe('Ålesund\n\t"quay" 🚢')
  })

  it('leaves JSON readable as the same value', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => JSON.parse(escapeUnseen(JSON.stringify(text))) === text))
  })
})
