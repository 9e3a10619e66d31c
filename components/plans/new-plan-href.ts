// Where a plan for chosen firewalls begins. Pure, so that it can be tested.

/** A value of the query language has at most 256 characters: six ids with their commas. */
const IDS_PER_CONDITION = 6
/** Of the 20 that a question has, one is left for the customer that the pages are about. */
const CONDITIONS_MAX = 19
/** So many can be named one by one; more are a question. */
export const NAMED_MAX = IDS_PER_CONDITION * CONDITIONS_MAX

type Target = { firewallIds: readonly string[] } | { query: string }

/** Address of the editor with a plan for these firewalls; null for more than can be named one by one. */
export function newPlanHref(target: Target): string | null {
  if ('query' in target) return `/firmware/plans/new${target.query === '' ? '' : `?${target.query}`}`
  const { firewallIds } = target
  if (firewallIds.length === 0 || firewallIds.length > NAMED_MAX) return null
  const values = Array.from({ length: Math.ceil(firewallIds.length / IDS_PER_CONDITION) }, (_, at) => firewallIds.slice(at * IDS_PER_CONDITION, (at + 1) * IDS_PER_CONDITION).join(','))
  return `/firmware/plans/new?${new URLSearchParams(values.map((value) => ['id__in', value]))}`
}
