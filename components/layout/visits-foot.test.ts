import { expect, it } from 'vitest'
import { visitsWord } from './visits-foot'

const visits = { lagP50Seconds: 0.2, lagP95Seconds: 1.234, firewalls: 24, due: 1, overdue: 0, backingOff: 0, workers: 1 }

it.each([
  [visits, 'Visits on time, lag 1.2 s', 'good'],
  [{ ...visits, firewalls: 0 }, 'Nothing to visit', 'good'],
  [{ ...visits, lagP95Seconds: 185 }, 'Visits late, lag 3 min 5 s', 'warn'],
  [{ ...visits, overdue: 3 }, 'Visits late, lag 1.2 s', 'warn'],
  [{ ...visits, workers: 0 }, 'No worker runs', 'bad'],
] as const)('%o', (given, word, tone) => expect(visitsWord(given)).toMatchObject({ word, tone }))
