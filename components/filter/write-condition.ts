import type { Pair } from '@/lib/query-language/parse'

/** As it stands on a chip, and as it is typed. */
export const writeCondition = ([name, value]: Pair): string => `${name}=${value}`
