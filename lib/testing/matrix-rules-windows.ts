// The part of the table about maintenance windows, blackouts and the calendar.
import { fresh, inBody, ofCustomer, type Rule, type Situation } from './matrix-rule'

const NIGHTS = { timeZone: 'Europe/Oslo', weekdays: [2, 4], earliestStart: '02:00', latestStart: '03:00', hardEnd: '04:00' }
const DAYS = { firstDay: '2026-12-24', lastDay: '2027-01-02' }
const nights = (more: (situation: Situation) => Record<string, unknown> = () => ({})) => (situation: Situation) => ({ ...NIGHTS, ...inBody(situation), ...more(situation) })
const days = (more: (situation: Situation) => Record<string, unknown> = () => ({})) => (situation: Situation) => ({ ...DAYS, ...inBody(situation), ...more(situation) })

export const WINDOWS: Record<string, Rule[]> = {
  listWindows: [
    { names: 'filter', least: 'viewer', query: ofCustomer },
    { as: 'of a firewall', names: 'filter', least: 'viewer', query: ({ at }) => ({ firewallId: at.firewallId }) },
  ],
  createWindow: [
    { as: 'of a customer', names: 'body', least: 'admin', body: nights() },
    { as: 'of a site', names: 'body', least: 'admin', body: nights(({ at }) => ({ siteId: at.siteId })) },
    { as: 'of a firewall', names: 'body', least: 'admin', body: nights(({ at }) => ({ firewallId: at.firewallId })) },
  ],
  readWindow: [{ names: 'windowId', least: 'viewer' }],
  editWindow: [{ names: 'windowId', least: 'admin', body: () => ({ ...NIGHTS, name: fresh('Renamed'), enabled: true }) }],
  removeWindow: [{ names: 'windowId', least: 'admin' }],
  readCalendar: [{ names: 'filter', least: 'viewer', query: (situation) => ({ ...ofCustomer(situation), from: '2026-11-23' }) }],
  listBlackouts: [{ names: 'filter', least: 'viewer', query: ofCustomer }],
  createBlackout: [
    { as: 'of a customer', names: 'body', least: 'admin', body: days() },
    { as: 'of a site', names: 'body', least: 'admin', body: days(({ at }) => ({ siteId: at.siteId })) },
    { as: 'of everything', names: 'nothing', least: 'admin', everywhere: true, body: days(() => ({ customerId: null })) },
  ],
  readBlackout: [{ names: 'blackoutId', least: 'viewer' }],
  editBlackout: [{ names: 'blackoutId', least: 'admin' }],
  removeBlackout: [{ names: 'blackoutId', least: 'admin' }],
}
