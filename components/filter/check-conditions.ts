// Which conditions of a view can be asked, and what is wrong with the others. Pure, so that it can be tested.
import { AppError } from '@/lib/core/errors'
import type { ListName } from '@/lib/query-language/fields'
import { CONDITIONS_MAX, parseConditions, type Pair } from '@/lib/query-language/parse'

/** What is wrong with a condition: the name it was asked by, and a sentence. */
export type Fault = { field: string; message: string }
export type Checked = {
  /** One for each condition, in their order; null where nothing is wrong. */
  faults: (Fault | null)[]
  /** Those that the server takes, all at once. */
  valid: Pair[]
}

export const SEARCH_LETTERS_MAX = 200

/** `search` is no field of the language: the list of firewalls looks for it in names and places. */
const isSearch = (list: ListName, name: string): boolean => list === 'firewalls' && name === 'search'

const searchFault = (value: string): Fault | null =>
  value.length > SEARCH_LETTERS_MAX ? { field: 'search', message: `At most ${SEARCH_LETTERS_MAX} characters.` } : null

/** What keeps these from being asked together; null when nothing does. */
function faultOf(list: ListName, pairs: readonly Pair[]): (Fault & { broad: boolean }) | null {
  try {
    parseConditions(list, pairs)
    return null
  } catch (error) {
    const issue = error instanceof AppError ? error.details.issues?.[0] : undefined
    if (!(error instanceof AppError) || !issue) throw error
    return { ...issue, broad: error.code === 'query-too-broad' }
  }
}

/** Condition by condition: one that cannot be asked is left out, and the rest keeps working. */
export function checkConditions(list: ListName, pairs: readonly Pair[]): Checked {
  const faults = pairs.map(([name, value]): Fault | null => {
    if (isSearch(list, name)) return searchFault(value)
    const fault = faultOf(list, [[name, value]])
    return fault === null || fault.broad ? null : { field: fault.field, message: fault.message }
  })
  const asked = (): Pair[] => pairs.filter(([name], place) => faults[place] === null && !isSearch(list, name))
  for (const [place, [name]] of pairs.entries()) {
    const before = pairs.slice(0, place).filter(([other], at) => faults[at] === null && !isSearch(list, other)).length
    if (faults[place] === null && !isSearch(list, name) && before >= CONDITIONS_MAX)
      faults[place] = { field: name, message: `At most ${CONDITIONS_MAX} conditions at once.` }
  }
  for (let fault = faultOf(list, asked()); fault !== null; fault = faultOf(list, asked())) {
    const { field, message } = fault
    const place = pairs.findLastIndex(([name], at) => name === field && faults[at] === null)
    if (place < 0) break
    faults[place] = { field, message }
  }
  return { faults, valid: pairs.filter((_, place) => faults[place] === null) }
}
