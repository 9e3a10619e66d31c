/** One colour, one meaning: broken now, waits for a person, works but will break, proven good, nothing to say. */
export type Tone = 'bad' | 'you' | 'warn' | 'good' | 'plain'

export const TONE_TEXT = { bad: 'text-bad', you: 'text-you', warn: 'text-warn', good: 'text-good', plain: 'text-text-2' } as const satisfies Record<
  Tone,
  string
>
export const TONE_MARK = {
  bad: 'text-bad-mark',
  you: 'text-you-mark',
  warn: 'text-warn-mark',
  good: 'text-good-mark',
  plain: 'text-text-2',
} as const satisfies Record<Tone, string>
export const TONE_GROUND = {
  bad: 'bg-bad-soft',
  you: 'bg-you-soft',
  warn: 'bg-warn-soft',
  good: 'bg-good-soft',
  plain: 'border border-line bg-sunken',
} as const satisfies Record<Tone, string>
/** A rail of 3 px at the left edge of a row. Rows that are fine have none. */
export const TONE_RAIL = {
  bad: 'shadow-[inset_3px_0_0_var(--bad-mark)]',
  you: 'shadow-[inset_3px_0_0_var(--you-mark)]',
  warn: 'shadow-[inset_3px_0_0_var(--warn-mark)]',
  good: '',
  plain: '',
} as const satisfies Record<Tone, string>
