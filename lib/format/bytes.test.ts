import { expect, it } from 'vitest'
import { formatBytes } from './bytes'

it.each([
  [0, '0 B'],
  [512, '512 B'],
  [1024, '1.0 KiB'],
  [1_887_437, '1.8 MiB'],
  [88_080_384, '84 MiB'],
  [1_073_741_824, '1.0 GiB'],
  [2 ** 60, '1024 PiB'],
])('writes %i bytes as %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text))
