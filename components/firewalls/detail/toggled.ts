/** State update that opens a closed row and closes an open one. */
export const toggled =
  (key: string) =>
  (open: ReadonlySet<string>): ReadonlySet<string> => {
    const next = new Set(open)
    if (!next.delete(key)) next.add(key)
    return next
  }
