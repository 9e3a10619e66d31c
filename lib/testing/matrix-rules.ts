// Who may do what, written down a second time and by hand: the authorisation matrix holds every operation against this.
import { READ_KINDS } from '@/lib/adapters/model'
import { db } from '@/lib/db/client'
import { address, always, credential, family, fresh, inBody, ofCustomer, trust, type Rule } from './matrix-rule'
import { ACCOUNT } from './matrix-rules-account'
import { ALERTS } from './matrix-rules-alerts'
import { BACKUPS } from './matrix-rules-backups'
import { CHANNELS } from './matrix-rules-channels'
import { ENROLMENT } from './matrix-rules-enrolment'
import { FLEET_WORK } from './matrix-rules-fleet-work'
import { PLANS } from './matrix-rules-plans'
import { REPORTS, REVERTS } from './matrix-rules-reverts'
import { TEAM } from './matrix-rules-team'
import { UPDATES } from './matrix-rules-updates'
import { TOOLS } from './matrix-rules-tools'
import { WINDOWS } from './matrix-rules-windows'

const reading = (): Rule[] => [
  { names: 'firewallId', least: 'viewer' },
  { as: 'asked now', names: 'firewallId', least: 'operator', query: () => ({ fresh: 'true' }) },
]
const READINGS = Object.fromEntries(READ_KINDS.map((kind) => [`read${kind.charAt(0).toUpperCase()}${kind.slice(1)}`, reading()]))

const SYSTEM: Record<string, Rule[]> = {
  health: [{ names: 'nothing', least: 'viewer' }],
  // No worker runs here.
  ready: [{ names: 'nothing', least: 'viewer', ...always(503, 'unavailable') }],
  setUp: [{ names: 'nothing', least: 'viewer', ...always(410, 'set-up-closed') }],
  me: [{ names: 'nothing', least: 'viewer' }],
  followChanges: [{ names: 'nothing', least: 'viewer' }],
  readSettings: [{ names: 'nothing', least: 'owner', everywhere: true }],
  editSettings: [{ names: 'nothing', least: 'owner', everywhere: true, stepUp: true, ifMatch: async () => `"${(await db().settings.findUniqueOrThrow({ where: { id: 1 } })).revision}"` }],
  readInstallation: [{ names: 'nothing', least: 'owner', everywhere: true }],
  readVisits: [{ names: 'filter', least: 'viewer', query: ofCustomer }],
  readIntervals: [{ names: 'nothing', least: 'viewer' }],
  editIntervals: [{ names: 'nothing', least: 'owner', everywhere: true, ifMatch: async () => `"${(await db().settings.findUniqueOrThrow({ where: { id: 1 } })).revision}"` }],
  listAudit: [{ names: 'filter', least: 'viewer', query: ofCustomer }],
  exportAudit: [
    { names: 'filter', least: 'viewer', query: (situation) => ({ ...ofCustomer(situation), format: 'csv' }) },
    { as: 'the whole chain', names: 'nothing', least: 'viewer', everywhere: true, query: () => ({ format: 'chain' }) },
    { as: 'JSON', names: 'filter', least: 'viewer', query: (situation) => ({ ...ofCustomer(situation), format: 'json' }) },
  ],
}

const CUSTOMERS: Record<string, Rule[]> = {
  listCustomers: [{ names: 'nothing', least: 'viewer' }],
  createCustomer: [{ names: 'nothing', least: 'admin', everywhere: true, body: () => ({ name: fresh('New') }) }],
  readCustomerIntervals: [{ names: 'customerId', least: 'viewer' }],
  editCustomerIntervals: [{ names: 'customerId', least: 'admin' }],
  readCustomer: [{ names: 'customerId', least: 'viewer' }],
  editCustomer: [{ names: 'customerId', least: 'admin', body: () => ({ name: fresh('Renamed') }) }],
  removeCustomer: [
    {
      names: 'customerId',
      least: 'admin',
      everywhere: true,
      stepUp: true,
      prepare: async ({ at }) => {
        await db().firewall.delete({ where: { id: at.firewallId } })
        await db().site.delete({ where: { id: at.siteId } })
      },
    },
  ],
  listSites: [{ names: 'filter', least: 'viewer', query: ofCustomer }],
  createSite: [{ names: 'body', least: 'admin', body: inBody }],
  readSite: [{ names: 'siteId', least: 'viewer' }],
  editSite: [{ names: 'siteId', least: 'admin', body: () => ({ name: fresh('Renamed') }) }],
  removeSite: [{ names: 'siteId', least: 'admin', prepare: async ({ at }) => void (await db().firewall.update({ where: { id: at.firewallId }, data: { siteId: null } })) }],
}

/** One customer's numbers are found like the customer, all of them by anyone who sees a firewall. */
const OVERVIEW: Record<string, Rule[]> = {
  readOverview: [
    { names: 'nothing', least: 'viewer' },
    { as: 'of one customer', names: 'customerId', least: 'viewer', query: ofCustomer },
  ],
  readTotals: [
    { names: 'nothing', least: 'viewer' },
    { as: 'of one customer', names: 'customerId', least: 'viewer', query: ofCustomer },
  ],
  readLatest: [{ names: 'filter', least: 'viewer', query: ofCustomer }],
}

/** What is found of another customer is what is found of nobody. */
const SEARCH: Record<string, Rule[]> = {
  search: [
    { names: 'filter', least: 'viewer', query: (situation) => ({ q: 'edge', ...ofCustomer(situation) }) },
    { as: 'over all customers', names: 'nothing', least: 'viewer', query: () => ({ q: 'edge' }) },
  ],
  listDuplicates: [{ names: 'filter', least: 'viewer', query: ofCustomer }],
  listMovedDevices: [{ names: 'filter', least: 'viewer', query: ({ at }) => ({ siteId: at.siteId }) }],
  listNewDevices: [{ names: 'filter', least: 'viewer', query: (situation) => ({ hours: '168', ...ofCustomer(situation) }) }],
}

const FIREWALLS: Record<string, Rule[]> = {
  listFamilies: [{ names: 'nothing', least: 'viewer' }],
  listFirewalls: [{ names: 'filter', least: 'viewer', query: ofCustomer }],
  countFirewalls: [{ names: 'filter', least: 'viewer', query: ofCustomer }],
  probeFirewall: [{ names: 'nothing', least: 'admin', body: address }],
  testCredential: [{ names: 'nothing', least: 'admin', body: (situation) => ({ ...family(situation), ...address(situation), ...trust(situation), ...credential(situation) }) }],
  enrolFirewall: [{ names: 'body', least: 'admin', body: (situation) => ({ ...family(situation), ...inBody(situation), ...address(situation), ...trust(situation), ...credential(situation) }) }],
  readFirewall: [{ names: 'firewallId', least: 'viewer' }],
  editFirewall: [
    { names: 'firewallId', least: 'admin', body: (situation) => ({ name: fresh('Renamed'), ...address(situation) }) },
    { as: 'another address', names: 'firewallId', least: 'admin', stepUp: true, body: ({ world }) => ({ baseUrl: world.elsewhere.info.url }) },
  ],
  removeFirewall: [{ names: 'firewallId', least: 'admin', stepUp: true, body: ({ at }) => ({ confirmName: `${at.name} edge` }) }],
  editCredential: [{ names: 'firewallId', least: 'admin', stepUp: true, body: credential }],
  editTrust: [{ names: 'firewallId', least: 'admin', stepUp: true, body: trust }],
  editCommands: [{ names: 'firewallId', least: 'admin', stepUp: true }],
  editUpdateWay: [{ names: 'firewallId', least: 'admin', stepUp: true }],
  readFirewallIntervals: [{ names: 'firewallId', least: 'viewer' }],
  editFirewallIntervals: [{ names: 'firewallId', least: 'admin' }],
  pauseFirewall: [{ names: 'firewallId', least: 'admin' }],
  refreshFirewall: [{ names: 'firewallId', least: 'operator' }],
  startCheck: [{ names: 'firewallId', least: 'operator', prepare: async ({ at }) => void (await db().firewall.update({ where: { id: at.firewallId }, data: { commandsAllowed: true } })) }],
  readCheck: [{ names: 'firewallId', least: 'viewer' }],
  readPair: [{ names: 'firewallId', least: 'viewer' }],
  readRaw: [
    { names: 'firewallId', least: 'admin' },
    { as: 'one of them', names: 'firewallId', least: 'admin', query: () => ({ read: 'arp' }) },
  ],
  readChangelog: [{ names: 'firewallId', least: 'operator', query: () => ({ version: '2.8.0' }), ...always(404, 'firewall-not-reported', { acts: true }) }],
  listRules: [{ names: 'filter', least: 'viewer', query: ({ at }) => ({ customer__id: at.customerId }) }],
  listAliases: [{ names: 'filter', least: 'viewer', query: ({ at }) => ({ firewall__id: at.firewallId }) }],
  listNeighbours: [{ names: 'filter', least: 'viewer', query: ({ at }) => ({ customer__name__startswith: at.name }) }],
  listLeases: [{ names: 'filter', least: 'viewer', query: ({ at }) => ({ site__id: at.siteId }) }],
  exportRules: [{ names: 'filter', least: 'viewer', query: ({ at }) => ({ customer__id: at.customerId }) }],
  exportAliases: [{ names: 'filter', least: 'viewer', query: ({ at }) => ({ firewall__id: at.firewallId }) }],
  exportNeighbours: [{ names: 'filter', least: 'viewer', query: ({ at }) => ({ customer__name__startswith: at.name }) }],
  exportLeases: [{ names: 'filter', least: 'viewer', query: ({ at }) => ({ site__id: at.siteId, gone: 'true' }) }],
  listFieldValues: [{ names: 'filter', least: 'viewer', query: ({ at }) => ({ list: 'rules', field: 'firewall__name', customerId: at.customerId }) }],
  readHistory: [{ names: 'firewallId', least: 'viewer' }],
  listFirewallChanges: [{ names: 'firewallId', least: 'viewer', query: () => ({ kind: 'rules,aliases' }) }],
  listChanges: [{ names: 'filter', least: 'viewer', query: ofCustomer }],
  ...READINGS,
}

/** Every operation by its id; the matrix fails for one that is not here. */
export const RULES: Record<string, Rule[]> = { ...SYSTEM, ...CUSTOMERS, ...OVERVIEW, ...SEARCH, ...FIREWALLS, ...ENROLMENT, ...CHANNELS, ...FLEET_WORK, ...ALERTS, ...BACKUPS, ...REVERTS, ...REPORTS, ...TEAM, ...TOOLS, ...WINDOWS, ...PLANS, ...UPDATES, ...ACCOUNT }
