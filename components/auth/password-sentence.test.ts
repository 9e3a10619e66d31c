import { expect, it } from 'vitest'
import { PASSWORD_LENGTH_MIN } from '@/lib/auth/input'
import { passwordSentence } from './password-sentence'

const ABOUT = ['Ida Brandt', 'ida.brandt@nordwall.example']

it.each([
  ['', 'plain', 'At least 15 characters'],
  ['seven oboes', 'plain', '4 more'],
  ['ababababababababab', 'warn', 'repeats itself'],
  ['the brandt quarry', 'warn', 'your own name'],
  ['NordWall forever more', 'warn', 'your own name or address'],
  ['seven oboes in it', 'good', 'Long enough'],
  ['Seven oboes in a quarry', 'good', 'Long enough'],
  ['Seven oboes in an old quarry', 'good', 'Hard to guess'],
])('says of %j: %s, %s', (password, tone, part) => {
  const sentence = passwordSentence(password, ABOUT)
  expect(sentence.tone).toBe(tone)
  expect(sentence.text).toContain(part)
})

it('counts what is missing until none is', () => {
  for (let length = 1; length < PASSWORD_LENGTH_MIN; length += 1) {
    const text = 'abcdefghijklmno'.slice(0, length)
    expect(passwordSentence(text).text).toMatch(new RegExp(`^${PASSWORD_LENGTH_MIN - length} more`))
  }
  expect(passwordSentence('abcdefghijklmno').text).not.toContain('more;')
})

it('does not take a short name for a hint', () => expect(passwordSentence('a salamander idles', ['Ida Ek', 'ida@x.example']).tone).toBe('good'))
