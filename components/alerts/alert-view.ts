// The address of the inbox is the view; nothing else keeps it. Pure, so that it can be tested.
import { isAlertKind } from '@/lib/alerts/words'
import { SEVERITIES } from '@/lib/notices/kinds'
import type { AlertFilter } from '@/lib/queries/alerts'

export const ALERT_TABS = ['open', 'acknowledged', 'resolved'] as const
export type AlertTab = (typeof ALERT_TABS)[number]
/** '' = any. */
export type AlertView = { tab: AlertTab; severity: string; kind: string; firewall: string }

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
type Params = { get: (name: string) => string | null }

/** What the address asks for; what it cannot mean is left out. */
export function readAlertView(params: Params): AlertView {
  const text = (name: string): string => params.get(name)?.trim() ?? ''
  return {
    tab: ALERT_TABS.find((tab) => tab === text('state')) ?? 'open',
    severity: SEVERITIES.find((severity) => severity === text('severity')) ?? '',
    kind: isAlertKind(text('kind')) ? text('kind') : '',
    firewall: UUID.test(text('firewall')) ? text('firewall') : '',
  }
}

/** The query string after a change, with its `?`; the opened alert and the scope stay. */
export function writeAlertView(search: string, change: Partial<AlertView>): string {
  const params = new URLSearchParams(search)
  const { tab, severity, kind, firewall } = { ...readAlertView(params), ...change }
  const pairs = { state: tab === 'open' ? '' : tab, severity, kind, firewall }
  for (const [name, value] of Object.entries(pairs)) {
    if (value === '') params.delete(name)
    else params.set(name, value)
  }
  const query = params.toString()
  return query === '' ? '' : `?${query}`
}

/** What is over is looked at by when it was; what lasts by how bad it is. */
export const toAlertFilter = ({ tab, severity, kind, firewall }: AlertView, customerId: string | null): AlertFilter => ({
  state: tab,
  sort: tab === 'resolved' ? '-opened' : 'worst',
  ...(severity !== '' && { severity }),
  ...(kind !== '' && { kind }),
  ...(firewall !== '' && { firewallId: firewall }),
  ...(customerId !== null && { customerId }),
})

export const hasConditions = ({ severity, kind, firewall }: AlertView): boolean => severity + kind + firewall !== ''
