import { TIERS, type EffectiveIntervals, type Intervals, type Tier } from '@/lib/polling/intervals'

/** As the form holds it; '' = inherited. */
export type IntervalsDraft = Record<Tier, string> & { dailyCheck: '' | 'yes' | 'no'; hasQuietHours: boolean; from: string; to: string }

export function draftOf(own: Intervals, inherited: EffectiveIntervals): IntervalsDraft {
  const seconds = (tier: Tier): string => String(own[tier] ?? '')
  const { from, to } = own.quietHours ?? inherited.quietHours
  return {
    status: seconds('status'),
    neighbours: seconds('neighbours'),
    vpn: seconds('vpn'),
    rules: seconds('rules'),
    dailyCheck: own.dailyCheck === true ? 'yes' : own.dailyCheck === false ? 'no' : '',
    hasQuietHours: own.quietHours !== null && own.quietHours !== undefined,
    from,
    to,
  }
}

/** What is sent: only what is decided here. */
export function intervalsFrom(draft: IntervalsDraft): Record<string, unknown> {
  return {
    ...Object.fromEntries(TIERS.filter((tier) => draft[tier] !== '').map((tier) => [tier, Number(draft[tier])])),
    ...(draft.dailyCheck !== '' && { dailyCheck: draft.dailyCheck === 'yes' }),
    ...(draft.hasQuietHours && { quietHours: { from: draft.from, to: draft.to } }),
  }
}

const CHOICES = [30, 60, 120, 300, 600, 900, 1_800, 3_600, 21_600, 86_400]
/** What can be chosen: the usual lengths, and the one that is set by the API. */
export const choicesWith = (chosen: string): number[] => [...new Set([...CHOICES, ...(chosen === '' ? [] : [Number(chosen)])])].sort((a, b) => a - b)
