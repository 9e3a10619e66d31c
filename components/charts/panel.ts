/** One line of a chart. Lines differ by their dashes, never by colour. */
export type Line = {
  label: string
  /** One for each step of the axis; null where nothing was measured. */
  values: readonly (number | null)[]
  low?: readonly (number | null)[] | undefined
  high?: readonly (number | null)[] | undefined
  /** Values up to so many steps apart are joined. */
  joinSteps: number
}

export type Panel = {
  id: string
  title: string
  unit: string
  lines: readonly Line[]
  /** The end of the axis; it begins at 0. */
  top: number
  /** From here on a value has a hue, and a word beside it; null where no value is too high. */
  threshold: number | null
  /** A value with its unit. */
  format: (value: number) => string
  /** A mark of the axis, without the unit. */
  tick: (value: number) => string
}

/** A moment that all charts mark with a dashed line. */
export type Mark = { atMs: number; key: string }
/** A stretch without readings. */
export type Hatch = { fromMs: number; toMs: number; key: string }
/** Where a person points: a step, and the chart they point in, if it is one. */
export type Cursor = { step: number; panelId: string | null }

/** By the place of a line; a fifth line would be told apart by nobody. */
export const DASHES = ['', '4 3', '1.5 2.5', '9 3 2 3'] as const
export const LINES_MAX = DASHES.length
export const dashOf = (index: number): string => DASHES[index] ?? ''

export const isBreached = ({ threshold }: Panel, value: number | null): boolean => threshold !== null && value !== null && value >= threshold
