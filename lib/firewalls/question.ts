import 'server-only'
import type { FirewallQuestion } from '@/lib/db/firewall-list-sql'
import { AppError } from '@/lib/core/errors'
import { parseConditions, type Pair } from '@/lib/query-language/parse'
import { regexTest } from '@/lib/query-language/regex'
import { listFirewallsInput, type CountFirewallsInput, type ListFirewallsInput } from './input'
import { FIREWALL_SORTS, type FirewallSort } from './words'

const words = (list: string) => list.split(',').map((word) => word.trim()).filter(Boolean).join(',')

/** The parameters that are older than the query language, in its words. */
function conditionsOf({ customerId, siteId, family, state, firmware, tag, where }: CountFirewallsInput): Pair[] {
  const older: (readonly [string, string | undefined])[] = [
    ['customer__id', customerId],
    ['site__id', siteId],
    ['family', family],
    ['state__in', state && words(state)],
    ['firmware__state__in', firmware && words(firmware)],
    ['tags', tag],
  ]
  return [...older.flatMap(([name, value]): Pair[] => (value ? [[name, value]] : [])), ...where]
}

/** What is asked of the fleet, within these customers. Throws errors of the question that name its field. */
export function questionOf(input: CountFirewallsInput, customerIds: FirewallQuestion['customerIds']): FirewallQuestion {
  const conditions = parseConditions('firewalls', conditionsOf(input))
  return { conditions, regex: regexTest(conditions), search: input.search, customerIds }
}

export function orderOf({ sort }: Pick<ListFirewallsInput, 'sort'>): { sort: FirewallSort; descending: boolean } {
  return { sort: FIREWALL_SORTS.find((name) => name === sort.replace('-', '')) ?? 'state', descending: sort.startsWith('-') }
}

const OWN = Object.keys(listFirewallsInput.shape).filter((name) => !['where', 'limit', 'cursor'].includes(name))

/** A query string of GET /firewalls as its input, for acts over all that match. Throws invalid-input that names `query`. */
export function parseFirewallQuery(query: string): ListFirewallsInput {
  const own: Record<string, string> = {}
  const where: Pair[] = []
  for (const [name, value] of new URLSearchParams(query)) {
    if (OWN.includes(name) && !(name in own)) own[name] = value
    else where.push([name, value])
  }
  const parsed = listFirewallsInput.safeParse({ ...own, where })
  if (parsed.success) return parsed.data
  const message = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join(' ')
  throw new AppError('invalid-input', 'This question cannot be used.', { issues: [{ field: 'query', message }], nextStep: 'Send the query string of GET /firewalls.' })
}
