import type { QueryKey } from '@tanstack/react-query'
import type { LiveChange, LiveTopic } from '@/lib/live/dto'
import { accountQueries } from './account'
import { alertRuleQueries } from './alert-rules'
import { alertQueries } from './alerts'
import { backupQueries } from './backups'
import { bulkQueries } from './bulk'
import { channelQueries } from './channels'
import { customerQueries } from './customers'
import { driftQueries } from './drift'
import { enrolmentQueries } from './enrolment'
import { firewallQueries } from './firewalls'
import { firmwareQueries } from './firmware'
import { factQueries } from './fleet-lists'
import { changeQueries, historyQueries } from './history'
import { meQueries } from './me'
import { operatorQueries } from './operators'
import { overviewQueries } from './overview'
import { revertQueries } from './reverts'
import { settingsQueries } from './settings'
import { silenceQueries } from './silences'
import { siteQueries } from './sites'
import { tokenQueries } from './tokens'
import { updateQueries } from './updates'
import { viewQueries } from './views'
import { planQueries } from './plans'
import { windowQueries } from './windows'

type Starts = readonly QueryKey[]
/** One firewall, or all of them when none is named. */
const firewalls = (id: string | null, ...rest: readonly string[]): QueryKey => (id === null ? [...firewallQueries.all(), 'one'] : [...firewallQueries.of(id), ...rest])
/** What happened on it stands on the time axis and among its changes. */
const past = (id: string | null): Starts => [historyQueries.all(), changeQueries.all()].map((all) => (id === null ? all : [...all, id]))
const FACT_LISTS = ['rules', 'aliases', 'arp', 'leases'] as const
const factLists = (kind: string | null): Starts => (kind === null ? [factQueries.all()] : FACT_LISTS.filter((list) => list === kind).map((list) => factQueries.lists(list)))

/** What shows a topic: beginnings of query keys. */
const SHOWN_BY: { [T in LiveTopic]: (change: LiveChange) => Starts } = {
  firewall: ({ firewallId }) => [firewallQueries.lists(), overviewQueries.all(), firmwareQueries.all(), firewalls(firewallId, 'detail'), ...past(firewallId)],
  reading: ({ firewallId, detail }) => [firewalls(firewallId, 'reading', ...(detail === null ? [] : [detail])), ...factLists(detail), ...past(firewallId)],
  check: ({ firewallId }) => [firewalls(firewallId, 'check'), firewalls(firewallId, 'detail')],
  alert: () => [alertQueries.all()],
  'alert-rule': () => [alertRuleQueries.all()],
  // What is silenced is shown among alerts too.
  silence: () => [silenceQueries.all(), alertQueries.all()],
  // Plans show how far their jobs are.
  'update-job': () => [updateQueries.all(), planQueries.all()],
  plan: () => [planQueries.all()],
  window: () => [windowQueries.all()],
  // Backups show which of them is accepted.
  drift: () => [driftQueries.all(), ['backups']],
  revert: ({ firewallId }) => [firewallId === null ? revertQueries.all() : revertQueries.of(firewallId)],
  backup: ({ firewallId }) => [backupQueries.fleet(), firewallId === null ? backupQueries.all() : backupQueries.of(firewallId)],
  // Firewalls show the names of both.
  customer: () => [customerQueries.all(), firewallQueries.lists(), overviewQueries.all()],
  site: () => [siteQueries.all(), customerQueries.all(), firewallQueries.lists()],
  operator: () => [operatorQueries.all()],
  session: () => [accountQueries.account().queryKey],
  token: () => [tokenQueries.all()],
  settings: () => [settingsQueries.settings().queryKey, meQueries.me().queryKey],
  view: () => [viewQueries.all()],
  bulk: () => [bulkQueries.all()],
  channel: () => [channelQueries.all()],
  enrolment: () => [enrolmentQueries.all()],
}

export const shownBy = (change: LiveChange): Starts => SHOWN_BY[change.topic](change)
