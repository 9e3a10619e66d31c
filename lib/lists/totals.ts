/** Lists count exactly up to here. */
export const TOTAL_EXACT_MAX = 10_000
