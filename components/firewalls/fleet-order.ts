/** The rows in an order seen before; rows that are new to it follow in their own order. */
export function keepOrder<T>(rows: readonly T[], seen: readonly string[], keyOf: (row: T) => string): T[] {
  const place = new Map(seen.map((key, index) => [key, index]))
  const placeOf = (row: T): number => place.get(keyOf(row)) ?? seen.length
  // sort is stable, so equal places keep the order of the server.
  return [...rows].sort((one, other) => placeOf(one) - placeOf(other))
}
