import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cleanText } from './clean-text'

describe('cleanText', () => {
  it('keeps words, lines and tabs of any language', () => expect(cleanText('Größe\t10 MB\nשלום 日本 🙂')).toBe('Größe\t10 MB\nשלום 日本 🙂'))
  it('drops what is not seen or turns text round', () => expect(cleanText('a\u0000b\u001b[31mc\u007fd\u0085e\u202egnp.exe\u2066x\u2069\u200e\u200f\r')).toBe('ab[31mcdegnp.exex'))
  it('ends at 10,000 characters, and never within a character', () => {
    expect(cleanText('x'.repeat(50_000))).toHaveLength(10_000)
    expect(cleanText(`${'x'.repeat(9_999)}🙂`).isWellFormed()).toBe(true)
  })
  it('leaves nothing to clean', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const clean = cleanText(text)
        expect(clean).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u200e\u200f]/)
        expect(cleanText(clean)).toBe(clean)
      }),
      { numRuns: 2000 },
    )
  })
})
