import { expect, it } from 'vitest'
import { faultOfThreshold, type AlertRuleDto } from '@/lib/alert-rules/input'
import { isDecided, ruleWords } from './rule-words'

const holds = { enabled: true, severity: 'warning', threshold: 90 } as const
const disk: AlertRuleDto = { kind: 'disk-full', title: 'Disk full', threshold: { unit: 'percent', label: 'From', min: 1, max: 100 }, default: holds, inherited: holds, own: { enabled: null, severity: null, threshold: null }, effective: holds, customers: [], etag: '"0"' }

it('says a rule in words', () => {
  expect(ruleWords(disk, holds)).toBe('Warning, from 90 %')
  expect(ruleWords(disk, { ...holds, enabled: false })).toBe('Not looked for')
  expect(ruleWords({ ...disk, threshold: null }, { ...holds, severity: 'critical', threshold: null })).toBe('Critical')
  expect(ruleWords({ ...disk, threshold: { unit: 'minutes', label: 'For at least', min: 1, max: 1440 } }, { ...holds, threshold: 5 })).toBe('Warning, for at least 5 min')
  expect(ruleWords({ ...disk, threshold: { unit: 'days', label: 'Days offered', min: 1, max: 365 } }, { ...holds, severity: 'notice', threshold: 30 })).toBe('Notice, days offered: 30')
  expect([isDecided(disk), isDecided({ ...disk, own: { ...disk.own, enabled: false } })]).toEqual([false, true])
})

it('says what is wrong with a threshold', () => {
  expect(faultOfThreshold('disk-full', 101)).toBe('Between 1 and 100 %.')
  expect(faultOfThreshold('unreachable', 1_441)).toBe('Between 1 and 1,440 minutes.')
  expect(faultOfThreshold('disk-full', 90.5)).toBe('Whole per cent.')
  expect(faultOfThreshold('drift', 1)).toBe('This kind has no threshold.')
  expect([faultOfThreshold('drift', null), faultOfThreshold('no-backup', 30)]).toEqual([null, null])
})
