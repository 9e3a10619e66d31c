import { expect, it } from 'vitest'
import { formatDuration } from './duration'

it.each([
  [0, '0 s'],
  [-5, '0 s'],
  [12, '12 s'],
  [125, '2 min 5 s'],
  [13_440, '3 h 44 min'],
  [41 * 86_400 + 3 * 3600 + 59, '41 d 3 h'],
  [86_405, '1 d'],
])('writes %i s as %s', (seconds, text) => expect(formatDuration(seconds)).toBe(text))
