// Whom nothing is told, and what is told of what became of alerts. Pure.
import type { ActiveSilence, AlertEventWrite } from '@/lib/db/alert-rows-sql'
import type { FirewallFacts } from '@/lib/db/alert-facts-sql'
import { SEVERITIES, type NoticeKind } from '@/lib/notices/kinds'
import type { Notice } from '@/lib/notices/tell'
import type { Decision } from './decide'
import { ruleOf } from './rules'
import { ALERT_STATE_RULES } from './states'
import { isGroup, isOpen, type Alert, type Turn } from './step'

export type Outcome = { alerts: readonly Alert[]; events: readonly AlertEventWrite[]; notices: readonly (Notice & { alertId: string })[] }

/** A window in which the alert tells nobody. That of one firewall does not hide the whole site. */
function silenceOf(alert: Alert, { id, customerId, siteId }: FirewallFacts, silences: readonly ActiveSilence[]): ActiveSilence | undefined {
  return silences.find(
    (silence) =>
      (silence.customerId === null || silence.customerId === customerId) &&
      (silence.siteId === null || silence.siteId === siteId) &&
      (silence.firewallId === null || (silence.firewallId === id && !isGroup(alert))) &&
      (silence.kind === null || silence.kind === alert.kind),
  )
}

export const sentenceOf = (alert: Alert, firewallName: string): string => `${ruleOf(alert.kind).says({ firewallName, subject: alert.subject, facts: alert.facts })}.`

/**
 * What channels hear of it now, if anything. What was not told when it opened is told as soon as nothing hides it any more; whose
 * beginning was told, its end is told as well, whatever hides it meanwhile.
 */
function newsOf(alert: Alert, turns: readonly Turn['what'][], isHidden: boolean, isEnabled: boolean): NoticeKind | null {
  if (!isEnabled) return null
  if (turns.includes('resolved')) return alert.toldAt !== null ? 'alert-resolved' : null
  if (isHidden) return null
  if (alert.causeId !== null || alert.state === 'gone' || !ALERT_STATE_RULES[alert.state].wantsSomeone) return null
  if (alert.toldAt === null) return alert.isFlapping ? 'alert-flapping' : 'alert-opened'
  return turns.includes('escalated') ? 'alert-escalated' : null
}

function noticeOf(kind: NoticeKind, alert: Alert, { name, customerName, siteName }: FirewallFacts, effects: number, now: Date): Notice & { alertId: string } {
  return {
    kind,
    at: now,
    severity: alert.severity,
    customerId: alert.customerId,
    firewallId: alert.firewallId,
    alertId: alert.id,
    facts: { title: ruleOf(alert.kind).title, sentence: sentenceOf(alert, name), firewallName: isGroup(alert) ? null : name, customerName, siteName, since: alert.since.toISOString(), until: kind === 'alert-resolved' ? now.toISOString() : null, effects },
  }
}

/** Adds to what was decided who is told: alerts with their silences, timeline and notices, the worst first. */
export function withNews({ alerts, happened, seen }: Decision, silences: readonly ActiveSilence[], isEnabled: (alert: Alert) => boolean, now: Date): Outcome {
  const turnsOf = new Map<string, Turn['what'][]>()
  for (const { alertId, what } of happened) turnsOf.set(alertId, [...(turnsOf.get(alertId) ?? []), what])
  const effectsOf = new Map<string, number>()
  for (const { causeId } of alerts) if (causeId !== null) effectsOf.set(causeId, (effectsOf.get(causeId) ?? 0) + 1)
  const events: AlertEventWrite[] = []
  const notices: (Notice & { alertId: string })[] = []
  const after = alerts.map((alert): Alert => {
    const facts = seen.get(alert.firewallId)?.facts
    if (facts === undefined || alert.state === 'gone') return alert
    const turns = turnsOf.get(alert.id) ?? []
    const silence = silenceOf(alert, facts, silences)
    for (const what of turns) events.push({ alertId: alert.id, at: now, what, by: null, note: what === 'resolved' ? (isEnabled(alert) ? null : 'The rule was switched off.') : sentenceOf(alert, facts.name) })
    if (isOpen(alert) && silence && silence.id !== alert.silenceId) events.push({ alertId: alert.id, at: now, what: 'silenced', by: silence.createdByName, note: silence.note })
    const kind = newsOf(alert, turns, silence !== undefined || facts.pausedAt !== null, isEnabled(alert))
    if (kind) notices.push(noticeOf(kind, alert, facts, effectsOf.get(alert.id) ?? 0, now))
    const isTold = kind === 'alert-opened' || kind === 'alert-flapping'
    return { ...alert, silenceId: alert.state === 'resolved' ? alert.silenceId : isOpen(alert) ? (silence?.id ?? null) : null, ...(isTold && { toldAt: now }) }
  })
  return { alerts: after, events, notices: notices.toSorted((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity)) }
}
