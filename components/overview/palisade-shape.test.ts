import { describe, expect, it } from 'vitest'
import { finePath, firewallsPerPost, FINE_PITCH, palisadeRow, PALISADE_WIDTH, postAt, POST_PITCH, specialPath } from './palisade-shape'

const of = (total: number, broken = 0, waits = 0, breaks = 0, unknown = 0) => ({
  total,
  standing: { broken, waits, 'will-break': breaks, 'not-known': unknown },
})

describe('the palisade', () => {
  it('is one post for each firewall, worst first, while the longest row fits', () => {
    const rows = [of(69, 5, 1, 2), of(145, 0, 0, 0, 3), of(9)]
    expect(firewallsPerPost(rows)).toBe(1)
    expect(palisadeRow(of(69, 5, 1, 2), 1)).toMatchObject({
      special: [...Array<string>(5).fill('broken'), 'waits', 'will-break', 'will-break'],
      more: 0,
      fine: 61,
      fineFrom: 8 * POST_PITCH,
    })
  })

  it.each([[of(10_000)], [of(3_000, 40, 2)], [of(500_000, 100_000)], [of(0)], [of(1, 1)]])('stays within its width: %o', (row) => {
    const { fineFrom, fine, special, more } = palisadeRow(row, firewallsPerPost([row]))
    expect(fineFrom + fine * FINE_PITCH).toBeLessThanOrEqual(PALISADE_WIDTH)
    expect(special.length + more).toBe(row.standing.broken + row.standing.waits)
    expect(special.length * POST_PITCH).toBeLessThanOrEqual(fineFrom)
  })

  it('has the same pitch in every row, so that lengths compare', () => {
    const rows = [of(2_000), of(200), of(20)]
    const perPost = firewallsPerPost(rows)
    expect(perPost).toBe(20)
    expect(rows.map((row) => palisadeRow(row, perPost).fine)).toEqual([100, 10, 1])
  })

  it('tells the ledgers apart by shape, not by colour alone', () => {
    const shapes = (['broken', 'waits', 'will-break', 'not-known'] as const).map((ledger) => specialPath([ledger], ledger))
    expect(new Set([...shapes, finePath(palisadeRow(of(1), 1))]).size).toBe(5)
    expect(specialPath(['broken', 'waits'], 'waits')).toContain(`M${POST_PITCH + 2.5} `)
  })

  it('finds the post under the pointer', () => {
    expect([-3, 0, POST_PITCH - 0.1, POST_PITCH, 1_000].map((x) => postAt(x, 3))).toEqual([0, 0, 0, 1, 2])
  })
})
