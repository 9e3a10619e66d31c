import { describe, expect, it } from 'vitest'
import type { AlertDto } from '@/lib/alerts/dto'
import { alertsHeadline, effectsByKind, standing, whereabouts } from './alert-words'

const open = (critical: number, warning = 0, notice = 0) => ({ critical, warning, notice })
const alert: AlertDto = {
  id: 'a', kind: 'unreachable', subject: '', state: 'open', severity: 'critical', title: 'Unreachable', sentence: 'kl-fw1 does not answer.', nextStep: 'Look.', firewall: { id: 'f', name: 'kl-fw1' }, customer: { id: 'c', name: 'Kestrel' }, site: { id: 's', name: 'Rotterdam' },
  since: '2026-11-24T02:05:00.000Z', openedAt: '2026-11-24T02:10:00.000Z', clearSince: null, resolvedAt: null, acknowledged: null, note: null, flaps: 0, isFlapping: false, causeId: null, effects: 0, silencedUntil: null, etag: '"1"',
}
const now = Date.parse('2026-11-24T02:52:00.000Z')

describe('the sentence of the inbox', () => {
  it.each([
    [open(4), 0, 12, '4 alerts want someone. 12 follow from them.'],
    [open(0, 1), 0, 1, '1 alert wants someone. 1 follows from it.'],
    [open(0, 0, 2), 3, 0, '2 alerts want someone.'],
    [open(0), 1, 0, 'Somebody looks after the one alert that is not over.'],
    [open(0), 3, 2, 'Somebody looks after all 3 alerts that are not over. 2 follow from them.'],
    [open(0), 0, 0, 'Nothing wants anyone. All is well.'],
  ])('%j, %i acknowledged, %i effects', (counts, acknowledged, effects, sentence) => expect(alertsHeadline({ open: counts, acknowledged, effects, evaluatedAt: '2026-11-24T02:49:00.000Z' })).toBe(sentence))
  it('says nothing of what nobody has looked at', () => expect(alertsHeadline({ open: open(0), acknowledged: 0, effects: 0, evaluatedAt: null })).toBe('Palisade has not looked yet.'))
})

describe('how an alert stands', () => {
  it.each([
    [{}, 'open for 42 min'],
    [{ state: 'acknowledged', acknowledged: { at: '2026-11-24T02:49:00.000Z', by: 'Mira' } }, 'acknowledged by Mira, 3 min ago'],
    [{ state: 'resolved', resolvedAt: '2026-11-24T05:10:00.000Z' }, 'resolved after 3 h'],
    [{ state: 'pending', openedAt: null, causeId: 'b' }, 'follows from another'],
  ] as const)('%j', (more, words) => expect(standing({ ...alert, ...more }, now)).toBe(words))
  it('without a clock says no time', () => expect(standing(alert, null)).toBe('open for'))
})

it('where it is, and what else there is to know', () => {
  expect(whereabouts(alert)).toBe('Kestrel, Rotterdam')
  expect(whereabouts({ ...alert, site: null, isFlapping: true, flaps: 4, silencedUntil: alert.since })).toBe('Kestrel, comes and goes, silenced')
  expect(whereabouts({ ...alert, flaps: 2 })).toBe('Kestrel, Rotterdam, came back 2 times')
})

it('what follows, by kind', () => expect(effectsByKind([{ title: 'Gateway down' }, { title: 'Tunnel down' }, { title: 'Gateway down' }])).toBe('2 × gateway down, 1 × tunnel down'))
