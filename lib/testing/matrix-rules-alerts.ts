// The part of the table about alerts, silences and what is looked for.
import { db } from '@/lib/db/client'
import { ofCustomer, type Rule, type Situation } from './matrix-rule'

const acknowledged = async ({ at }: Situation): Promise<void> => void (await db().alert.update({ where: { id: at.alertId }, data: { state: 'acknowledged', acknowledgedAt: new Date(), acknowledgedBy: 'N' } }))
const hourFromNow = () => new Date(Date.now() + 3_600_000).toISOString()
const silence = (as: string, where: (situation: Situation) => Record<string, unknown>): Rule => ({ as, names: 'body', least: 'operator', body: (situation) => ({ ...where(situation), endsAt: hourFromNow(), note: 'works' }) })
const revisionOf = async (kind: string): Promise<string> => `"${(await db().alertRule.findFirst({ where: { kind, customerId: null } }))?.revision ?? 0}"`

export const ALERTS: Record<string, Rule[]> = {
  listAlerts: [
    { names: 'filter', least: 'viewer', query: ofCustomer },
    { as: 'of a firewall', names: 'filter', least: 'viewer', query: ({ at }) => ({ firewallId: at.firewallId }) },
    { as: 'of a site', names: 'filter', least: 'viewer', query: ({ at }) => ({ siteId: at.siteId, effects: 'true' }) },
    { as: 'that follow from one', names: 'filter', least: 'viewer', query: ({ at }) => ({ causeId: at.alertId }) },
  ],
  countAlerts: [{ names: 'filter', least: 'viewer', query: ofCustomer }],
  readAlert: [{ names: 'alertId', least: 'viewer' }],
  acknowledgeAlert: [{ names: 'alertId', least: 'operator' }],
  unacknowledgeAlert: [{ names: 'alertId', least: 'operator', prepare: acknowledged }],
  annotateAlert: [{ names: 'alertId', least: 'operator' }],
  acknowledgeAlerts: [{ names: 'body', least: 'operator', body: ({ at }) => ({ ids: [at.alertId] }) }],
  unacknowledgeAlerts: [{ names: 'body', least: 'operator', prepare: acknowledged, body: ({ at }) => ({ ids: [at.alertId] }) }],
  readAlertRules: [{ names: 'nothing', least: 'viewer' }],
  editAlertRule: [{ names: 'nothing', least: 'admin', everywhere: true, ifMatch: () => revisionOf('unreachable') }],
  readCustomerAlertRules: [{ names: 'customerId', least: 'viewer' }],
  // Nothing was decided there yet.
  editCustomerAlertRule: [{ names: 'customerId', least: 'admin', ifMatch: () => Promise.resolve('"0"') }],
  listSilences: [{ names: 'filter', least: 'viewer', query: ofCustomer }],
  createSilence: [
    silence('of a customer', ({ at }) => ({ customerId: at.customerId })),
    silence('of a site', ({ at }) => ({ siteId: at.siteId })),
    silence('of a firewall', ({ at }) => ({ firewallId: at.firewallId, kind: 'gateway-down' })),
    { as: 'of everything', names: 'nothing', least: 'operator', everywhere: true, body: () => ({ endsAt: hourFromNow(), note: 'works' }) },
  ],
  readSilence: [{ names: 'silenceId', least: 'viewer' }],
  endSilence: [{ names: 'silenceId', least: 'operator' }],
}
