// The view of the audit as it stands in the address. Pure, so that it can be tested.
import { AUDIT_ACTIONS, AUDIT_RESULTS } from '@/lib/audit/actions'
import type { AuditFilter } from '@/lib/queries/audit'

/** Names as in the address. `actor` is a name, `from` and `to` are days of the viewer. */
export const AUDIT_CONDITIONS = ['search', 'actor', 'action', 'result', 'customer', 'firewall', 'from', 'to'] as const
export type AuditCondition = (typeof AUDIT_CONDITIONS)[number]
export type AuditView = Record<AuditCondition, string>

const ID = /^[0-9a-f-]{36}$/i
const DAY = /^\d{4}-\d{2}-\d{2}$/

/** Reads an address; what is not understood counts as not said, so that an old link still opens. */
export function readAuditView(params: { get: (name: string) => string | null }): AuditView {
  const matching = (name: string, pattern: RegExp): string => {
    const text = params.get(name) ?? ''
    return pattern.test(text) ? text : ''
  }
  return {
    // As typed: a blank at the end is the beginning of the next word.
    search: params.get('search') ?? '',
    actor: (params.get('actor') ?? '').slice(0, 200),
    action: matching('action', /^[a-z.-]{1,100}$/),
    result: AUDIT_RESULTS.find((result) => result === params.get('result')) ?? '',
    customer: matching('customer', ID),
    firewall: matching('firewall', ID),
    from: matching('from', DAY),
    to: matching('to', DAY),
  }
}

/** Writes the conditions into a query, leaving whatever else it holds. */
export function writeAuditView(query: string, change: Partial<AuditView>): string {
  const params = new URLSearchParams(query)
  for (const name of AUDIT_CONDITIONS) {
    const value = change[name]
    if (value === '') params.delete(name)
    else if (value !== undefined) params.set(name, value)
  }
  const text = params.toString()
  return text === '' ? '' : `?${text}`
}

/** Midnight of that day where the viewer is, or the last moment before the next; undefined for a day that does not exist. */
function instant(day: string, time: string): string | undefined {
  const date = new Date(`${day}T${time}`)
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString()
}

/** What the API is asked for. */
export function toAuditQuery(view: AuditView): AuditFilter {
  const search = view.search.trim()
  const result = AUDIT_RESULTS.find((each) => each === view.result)
  const from = instant(view.from, '00:00:00.000')
  const to = instant(view.to, '23:59:59.999')
  return {
    ...(search !== '' && { search }),
    ...(view.actor.trim() !== '' && { actor: view.actor.trim() }),
    ...(view.action !== '' && { action: view.action }),
    ...(result && { result }),
    ...(view.customer !== '' && { customerId: view.customer }),
    ...(view.firewall !== '' && { firewallId: view.firewall }),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
  }
}

const groups = [...new Set(AUDIT_ACTIONS.map((action) => action.slice(0, action.indexOf('.') + 1)))]
/** Every group of actions, each followed by its own. */
export const ACTION_CHOICES: readonly { value: string; label: string }[] = groups.flatMap((group) => [
  { value: group, label: `${group}* (all)` },
  ...AUDIT_ACTIONS.filter((action) => action.startsWith(group)).map((action) => ({ value: action, label: action })),
])
