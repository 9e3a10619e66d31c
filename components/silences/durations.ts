// How long a silence lasts, as people say it. Pure, so that it can be tested.

export const DURATIONS = [
  { key: '1', word: '1 h' },
  { key: '4', word: '4 h' },
  { key: 't', word: 'Until tomorrow 08:00' },
] as const
export type DurationKey = (typeof DURATIONS)[number]['key']
export const isDurationKey = (text: string): text is DurationKey => DURATIONS.some(({ key }) => key === text)

const HOUR_MS = 3_600_000

/** When it ends, in the time of the browser's clock and zone. */
export function endOf(key: DurationKey, now: Date): Date {
  if (key !== 't') return new Date(now.getTime() + (key === '1' ? 1 : 4) * HOUR_MS)
  const end = new Date(now)
  end.setDate(end.getDate() + 1)
  end.setHours(8, 0, 0, 0)
  return end
}

/** As a field for local time holds it: `2026-11-24T08:00`. */
export function toLocalField(at: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:${two(at.getMinutes())}`
}

/** The moment that such a field means; null for what is no time. */
export function fromLocalField(text: string): Date | null {
  const at = new Date(text)
  return text === '' || Number.isNaN(at.getTime()) ? null : at
}
