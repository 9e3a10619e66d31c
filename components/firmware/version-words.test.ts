import { describe, expect, it } from 'vitest'
import type { VersionOffer, VersionRow } from '@/lib/firmware/dto'
import { isShown, offerWords, planOfRow, SHOWN, standings, versionsSentence } from './version-words'

const row = (more: Partial<VersionRow> = {}): VersionRow => ({
  family: 'opnsense', familyLabel: 'OPNsense', losesApiPackage: false, version: '26.7', firewalls: 4, customers: 2, where: 'family=opnsense&version=26.7',
  offered: 0, majorOffered: 0, rebootPending: 0, neverChecked: 0, checkFailed: 0, notReported: 0, upToDate: 0, offers: [], oldestCheckAt: null, advisories: { known: true, worst: null, ids: [] }, ...more,
})
const offer = (more: Partial<VersionOffer> = {}): VersionOffer => ({ kind: 'minor', version: '26.7.1', firewalls: 4, where: 'family=opnsense&version=26.7&firmware__state=offered', packages: { least: 3, most: 3 }, downloadBytes: null, reboots: 4, rebootsUnknown: 0, notesFrom: null, ...more })

describe('versions in words', () => {
  it('say what most need to know in one sentence', () => {
    expect(versionsSentence([row({ offered: 3, neverChecked: 1 }), row({ version: '26.1', firewalls: 1, upToDate: 1, advisories: { known: true, worst: 'high', ids: ['x'] } }), row({ version: null, firewalls: 1, notReported: 1 })])).toBe('6 firewalls run 2 versions; 1 run one with an advisory, 3 have an update on offer, of 2 it is not known what is on offer.')
    expect(versionsSentence([row({ firewalls: 1, upToDate: 1 })])).toBe('1 firewall runs 1 version, and nothing is on offer.')
  })

  it('name the most urgent first and leave out what is none', () => {
    expect(standings(row({ upToDate: 2, rebootPending: 1, offered: 1 })).map(({ count, state }) => [count, state])).toEqual([[1, 'reboot-pending'], [1, 'offered'], [2, 'up-to-date']])
  })

  it('are found by what they are like', () => {
    const like = (of: VersionRow) => SHOWN.filter((shown) => isShown(of, shown))
    expect([like(row()), like(row({ checkFailed: 1 })), like(row({ majorOffered: 1, rebootPending: 1 }))]).toEqual([[], ['unknown'], ['offered', 'restart']])
  })

  it('tell an offer as far as it is reported', () => {
    expect(offerWords(offer())).toEqual({ packages: '3', size: null, restarts: 'yes' })
    expect(offerWords(offer({ packages: null, downloadBytes: { least: 1024, most: 4096 }, reboots: 0, rebootsUnknown: 4 }))).toEqual({ packages: null, size: '1.0 KiB to 4.0 KiB', restarts: 'not reported' })
    expect(offerWords(offer({ reboots: 0 })).restarts).toBe('no')
    expect(offerWords(offer({ reboots: 2, rebootsUnknown: 1 })).restarts).toBe('2 of 4, not reported by 1')
  })

  it('lead to a plan of the kind that is on offer', () => {
    expect(planOfRow(row({ offers: [offer()] }))).toBe('/firmware/plans/new?family=opnsense&version=26.7&firmware__state=offered')
    expect(planOfRow(row({ offers: [offer({ kind: 'major' })] }))).toContain('&update=major')
    expect(planOfRow(row({ rebootPending: 1 }))).toBe('/firmware/plans/new?family=opnsense&version=26.7&firmware__state=reboot-pending&update=reboot')
    expect([planOfRow(row()), planOfRow(row({ where: null, rebootPending: 1 }))]).toEqual([null, null])
  })
})
