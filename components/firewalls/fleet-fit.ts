// Which columns of the fleet fit into a width, and how wide each is. Pure, so that it can be tested.

export type Fitting = {
  id: string
  /** Pixels below which it cannot be read. */
  min: number
  /** Its share of what is left. */
  grow: number
  /** What has least goes first when there is no room. */
  priority: number
}

export type Fitted = { widths: ReadonlyMap<string, number>; leftOut: ReadonlySet<string> }

/** Leaves out as few columns as possible, the least important first, and gives the others all of the width. */
export function fitColumns(columns: readonly Fitting[], width: number): Fitted {
  let shown = [...columns]
  const needed = (): number => shown.reduce((sum, { min }) => sum + min, 0)
  while (needed() > width && shown.length > 1) {
    const least = shown.reduce((one, other) => (other.priority <= one.priority ? other : one))
    shown = shown.filter((column) => column !== least)
  }
  const left = Math.max(0, width - needed())
  const shares = shown.reduce((sum, { grow }) => sum + grow, 0)
  return {
    widths: new Map(shown.map(({ id, min, grow }) => [id, min + (shares === 0 ? 0 : Math.floor((left * grow) / shares))])),
    leftOut: new Set(columns.filter((column) => !shown.includes(column)).map(({ id }) => id)),
  }
}
