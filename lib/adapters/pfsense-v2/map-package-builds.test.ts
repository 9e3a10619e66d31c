import { describe, expect, it } from 'vitest'
import { releaseFor } from './map-package-builds'

describe('the release for a base', () => {
  it.each([
    // What is installed stays where it was built for the base.
    ['2.8.1', [2, 10, 0], [2, 10, 0]],
    ['2.8.1', [2, 9, 0], [2, 9, 0]],
    ['2.8.0', [2, 7, 7], [2, 7, 7]],
    ['25.07.1', [2, 7, 5], [2, 7, 5]],
    ['2.7.2', [2, 4, 3], [2, 4, 3]],
    ['24.03', [2, 0, 5], [2, 0, 5]],
    // Else the newest that was.
    ['2.8.0', [2, 10, 0], [2, 7, 7]],
    ['2.8.1', [2, 4, 3], [2, 10, 0]],
    ['2.8.1', [2, 5, 0], [2, 10, 0]],
    ['24.11', [2, 10, 0], [2, 7, 7]],
    ['26.03.1', [2, 7, 7], [2, 10, 0]],
    ['2.8.1', [2, 8, 3], [2, 10, 0]],
    ['25.11.1', null, [2, 10, 0]],
  ] as const)('%s with %o: %o', (base, installed, wanted) => expect(releaseFor(base, installed)).toEqual(wanted))

  it.each(['2.8.2', '2.9.0', '26.07'])('%s is newer than all that were read', (base) => expect(releaseFor(base, [2, 10, 0])).toBe('newest'))

  it.each([['2.7.2', [2, 10, 0]], ['2.7.2', null], ['2.6.0', [2, 10, 0]], ['23.09', [2, 4, 0]]] as const)('none is known for %s', (base, installed) => expect(releaseFor(base, installed)).toBeNull())
})
