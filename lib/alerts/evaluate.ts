import 'server-only'
import { familyModules } from '@/lib/adapters/registry'
import { readFirewallFacts, type BackupFamilies, type Which } from '@/lib/db/alert-facts-sql'
import { insertAlertEvents, insertAlerts, noteEvaluation, readActiveSilences, readAlerts, removeAlerts, updateAlerts, type AlertRow, type AlertWrite } from '@/lib/db/alert-rows-sql'
import { db, type Tx } from '@/lib/db/client'
import { LOCKS } from '@/lib/db/locks'
import { SEVERITIES } from '@/lib/notices/kinds'
import { tell } from '@/lib/notices/tell'
import { GRACE_SECONDS } from './conditions'
import { decide } from './decide'
import { CAME_BACK_MS } from './flapping'
import { withNews } from './notices'
import { readRules, type Rules } from './read-rules'
import { isAlertState } from './states'
import type { Alert } from './step'
import { alertFacts, factsWith, isAlertKind, type AlertKind } from './words'

/** So many alerts are written in one go when a large fleet goes silent at once. */
const TRANSACTION_MS_MAX = 60_000
/** Kinds that move without a change that is told: they are looked at again in each round while they are open. */
const MOVING_KINDS = ['gateway-lossy', 'disk-full', 'cpu-high', 'memory-high', 'states-high', 'clock-off'] as const satisfies readonly AlertKind[]

export type Evaluated = { firewalls: number; opened: number; resolved: number; told: number }
/** What is in force besides the firewalls; whoever sees another one looks at everything. */
export type Looked = Evaluated & { inForce: string }

const backupFamilies = (): BackupFamilies => ({
  always: familyModules().filter(({ backupNeedsCommands }) => !backupNeedsCommands).map(({ family }) => family),
  withCommands: familyModules().map(({ family }) => family),
})

/** null for one of a newer version. */
function toAlert({ kind, state, severity, facts, ...row }: AlertRow): Alert | null {
  const known = SEVERITIES.find((word) => word === severity)
  if (!isAlertKind(kind) || !isAlertState(state) || known === undefined) return null
  return { ...row, kind, state, severity: known, facts: alertFacts.safeParse(facts).data ?? factsWith({}) }
}

// What is seen of a pending alert is of no interest before it opens, and moves all the time.
const written = ({ comeBacks: _, revision: __, ...alert }: Alert) => JSON.stringify(alert.state === 'pending' ? { ...alert, severity: null, facts: null } : alert)
const isChanged = (alert: Alert, before: Alert | undefined): boolean => before === undefined || written(alert) !== written(before)
const isToWrite = (alert: Alert): alert is Alert & AlertWrite => alert.state !== 'gone'

async function write(tx: Tx, outcome: ReturnType<typeof withNews>, before: ReadonlyMap<string, Alert>, now: Date): Promise<ReadonlySet<string>> {
  const changed = outcome.alerts.filter((alert) => isChanged(alert, before.get(alert.id)))
  // What did not last goes first: what comes back in its place may not stand beside it.
  await removeAlerts(tx, changed.filter(({ state, revision }) => state === 'gone' && revision !== null))
  const rows = changed.filter(isToWrite)
  const stored = new Set([...(await insertAlerts(tx, rows.filter(({ revision }) => revision === null), now)), ...(await updateAlerts(tx, rows.filter(({ revision }) => revision !== null), now))])
  await insertAlertEvents(tx, outcome.events.filter(({ alertId }) => stored.has(alertId)))
  await tell(tx, ...outcome.notices.filter(({ alertId }) => stored.has(alertId)))
  return stored
}

async function look(tx: Tx, choose: (inForce: string) => Which, now: Date): Promise<Looked> {
  const silences = await readActiveSilences(tx, now)
  const rules: Rules = await readRules(tx)
  const inForce = JSON.stringify([silences.map(({ id }) => id), rules.version])
  const firewalls = await readFirewallFacts(tx, { which: choose(inForce), bounds: rules.lowest, families: backupFamilies(), movingKinds: MOVING_KINDS, graceSeconds: GRACE_SECONDS, now })
  const alerts = (await readAlerts(tx, firewalls.map(({ id }) => id), new Date(now.getTime() - CAME_BACK_MS))).map(toAlert).filter((alert) => alert !== null)
  const decision = decide({ now, firewalls, alerts, ruleFor: rules.ruleFor, newId: () => crypto.randomUUID() })
  const outcome = withNews(decision, silences, ({ customerId, kind }) => rules.ruleFor(customerId, kind).enabled, now)
  const stored = await write(tx, outcome, new Map(alerts.map((alert) => [alert.id, alert])), now)
  await noteEvaluation(tx, now)
  const count = (...words: readonly string[]) => decision.happened.filter(({ alertId, what }) => words.includes(what) && stored.has(alertId)).length
  return { firewalls: firewalls.length, opened: count('opened', 'came-back'), resolved: count('resolved'), told: outcome.notices.filter(({ alertId }) => stored.has(alertId)).length, inForce }
}

/**
 * Looks at firewalls and stores what becomes of their alerts, with what is told about it, in one transaction: killed at any
 * moment it leaves nothing, and the next look decides the same. A fixed number of statements. One at a time over all
 * processes; null when another one is at it.
 */
export function evaluateAlerts(now: Date, choose: (inForce: string) => Which = () => ({ sweep: true })): Promise<Looked | null> {
  return db().$transaction(
    async (tx) => {
      const [lock] = await tx.$queryRaw<{ free: boolean }[]>`SELECT pg_try_advisory_xact_lock(${LOCKS.alerts}) AS free`
      return lock?.free === true ? look(tx, choose, now) : null
    },
    { timeout: TRANSACTION_MS_MAX, maxWait: TRANSACTION_MS_MAX },
  )
}
