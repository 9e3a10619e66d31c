import { describe, expect, it } from 'vitest'
import { countWords, differenceSentence, differingPart, isWholeSecret, pathWords, placeWords, secretWords } from './diff-words'

const none = { added: 0, removed: 0, changed: 0, moved: 0 }

describe('the sentence of a comparison', () => {
  it('names each kind that there is', () => {
    expect(differenceSentence({ added: 2, removed: 1, changed: 3, moved: 1 })).toBe('7 things differ: 2 added, 1 removed, 3 changed, 1 moved.')
    expect(differenceSentence({ ...none, added: 1_204, moved: 1 })).toBe('1,205 things differ: 1,204 added, 1 moved.')
  })
  it('is short where there is one kind', () => {
    expect(differenceSentence({ ...none, changed: 1 })).toBe('1 thing was changed.')
    expect(differenceSentence({ ...none, removed: 3 })).toBe('3 things were removed.')
  })
  it('says when nothing differs', () => expect(differenceSentence(none)).toBe('Nothing differs.'))
  it('leaves out what is none', () => expect(countWords({ ...none, moved: 2 })).toBe('2 moved'))
})

describe('words of an item', () => {
  it('tells a place only where it moved', () => {
    expect(placeWords({ moved: true, placeBefore: 4, placeAfter: 2 })).toBe('place 4 → 2')
    expect(placeWords({ moved: false, placeBefore: 4, placeAfter: 4 })).toBeNull()
    expect(placeWords({ moved: true, placeBefore: null, placeAfter: 2 })).toBeNull()
  })
  it('reads a path aloud', () => {
    expect(pathWords('source/network')).toBe('source › network')
    expect(pathWords('')).toBe('text')
  })
  it('says what became of a secret and nothing of it', () => {
    expect(secretWords({ before: '[secret]', after: '[secret]' })).toBe('secret, changed')
    expect(secretWords({ before: null, after: '[secret]' })).toBe('secret, new')
    expect(secretWords({ before: '[secret]', after: null })).toBe('secret, removed')
    expect(isWholeSecret({ path: 'psk', before: null, after: '[secret]', secret: true })).toBe(true)
    expect(isWholeSecret({ path: 'custom', before: 'auth [secret]', after: 'auth2 [secret]', secret: true })).toBe(false)
  })
})

describe('the part that differs', () => {
  const parts = (before: string, after: string): [string, string] => {
    const { start, beforeEnd, afterEnd } = differingPart(before, after)
    return [before.slice(start, beforeEnd), after.slice(start, afterEnd)]
  }
  it('lies between what both have in common', () => {
    expect(parts('10.0.0.5/24', '10.0.0.6/24')).toEqual(['5', '6'])
    expect(parts('443', '8443')).toEqual(['', '8'])
    expect(parts('aa', 'aaa')).toEqual(['', 'a'])
    expect(parts('', 'all')).toEqual(['', 'all'])
    expect(parts('same', 'same')).toEqual(['', ''])
  })
  it('never cuts a character in two', () => {
    expect(parts('a😀', 'a😁')).toEqual(['😀', '😁'])
    expect(parts('😀b', '😀c')).toEqual(['b', 'c'])
    // The same second half after another first half.
    expect(parts('\u{1f600}x', '\u{1fa00}x')).toEqual(['\u{1f600}', '\u{1fa00}'])
  })
})
