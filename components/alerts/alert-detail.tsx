'use client'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { FirewallStateWord } from '@/components/firewalls/state-word'
import { Age } from '@/components/ui/age'
import { Notice } from '@/components/ui/notice'
import { useNow } from '@/components/ui/use-now'
import { TONE_MARK, TONE_TEXT } from '@/components/ui/tone'
import { HISTORY_RANGES, isHistoryRange } from '@/lib/history/input'
import type { AlertDetail as Detail } from '@/lib/alerts/dto'
import { cn } from '@/lib/core/cn'
import { formatClock, formatDateTime } from '@/lib/format/dates'
import { AlertEffects } from './alert-effects'
import { KIND_ICONS, SEVERITY_LOOKS, toneOf, waitsForPerson } from './alert-looks'
import { AlertTimeline } from './alert-timeline'
import { standing, whereabouts } from './alert-words'

/** The shortest range of the charts that reaches back to that time. */
function rangeFor(at: string, nowMs: number): string {
  const seconds = (nowMs - Date.parse(at)) / 1000 + 600
  return Object.keys(HISTORY_RANGES).find((range) => isHistoryRange(range) && HISTORY_RANGES[range] >= seconds) ?? '90d'
}

/** One alert: how it stands, what follows, what to do, and what has been done. */
export function AlertDetail({ alert, buttons }: { alert: Detail; buttons: ReactNode }) {
  const nowMs = useNow()
  const tone = toneOf(alert)
  const Icon = KIND_ICONS[alert.kind]
  return (
    <div className="flex flex-col gap-5">
      <div className="flex flex-col gap-1">
        <div className="flex min-h-8 flex-wrap items-center gap-x-3 gap-y-2">
          <p className={cn('flex min-w-0 flex-1 items-center gap-2', TONE_TEXT[tone])}>
            <Icon aria-hidden size={16} strokeWidth={1.75} className={cn('shrink-0', TONE_MARK[tone])} />
            <span>
              {SEVERITY_LOOKS[alert.severity].word}, {standing(alert, nowMs)}
            </span>
          </p>
          {buttons}
        </div>
        <h2 className="text-lg font-semibold break-words">{alert.sentence.replace(/\.$/, '')}</h2>
        <p className="text-text-2">
          {whereabouts(alert)}. Since {formatDateTime(alert.since)}.{alert.clearSince !== null && ` It does not hold any more since ${formatClock(alert.clearSince)}; it is over when that lasts.`}
        </p>
      </div>
      <AlertMarks alert={alert} />
      <AlertEffects alert={alert} />
      <Part title="Firewall">
        <div className="flex flex-wrap items-center gap-x-6 gap-y-1 border-y border-line py-2">
          <Link href={`/firewalls/${alert.firewall.id}`} className="font-medium text-act hover:underline max-md:py-2">
            {alert.firewall.name}
          </Link>
          <FirewallStateWord state={alert.firewallState.state} />
          <span className="text-text-2">
            read <Age at={alert.firewallState.visitedAt} never="never" className="text-inherit" />
          </span>
          <Link href={`/firewalls/${alert.firewall.id}/history?range=${nowMs === null ? '24h' : rangeFor(alert.since, nowMs)}`} className="text-act hover:underline max-md:py-2">
            Charts of that time
          </Link>
          <Link href={`/firewalls/${alert.firewall.id}/changes`} className="text-act hover:underline max-md:py-2">
            What changed
          </Link>
        </div>
      </Part>
      {alert.state !== 'resolved' && (
        <Part title="What you can do now">
          <ol className="list-decimal pl-5 marker:text-text-3">
            <li>{alert.nextStep}</li>
            {!waitsForPerson(alert.kind) && (
              <li>
                Palisade goes on looking{alert.firewallState.nextVisitAt !== null && `, next at ${formatClock(alert.firewallState.nextVisitAt)}`}, and tells the same channels when it is over.
              </li>
            )}
          </ol>
        </Part>
      )}
      <Part title="What has been done">
        <AlertTimeline alert={alert} />
      </Part>
    </div>
  )
}

function AlertMarks({ alert: { silencedUntil, isFlapping, flaps, cause, note } }: { alert: Detail }) {
  return (
    <>
      {cause && (
        <Notice tone="plain" title="This follows from another alert.">
          <Link href={`/alerts/${cause.id}`} className="text-act hover:underline">
            {cause.title}
          </Link>
        </Notice>
      )}
      {silencedUntil !== null && <Notice tone="plain" title={`Silent until ${formatDateTime(silencedUntil)}.`}>It is seen and counted; channels are told nothing.</Notice>}
      {isFlapping && <Notice tone="warn" title={`It comes and goes: ${flaps} times within an hour.`}>It stays open until it has been calm for 30 minutes, and tells nobody in between.</Notice>}
      {note !== null && note !== '' && (
        <p className="text-text-2">
          <span className="text-text-3">Last note:</span> “{note}”
        </p>
      )}
    </>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="flex flex-col gap-2">
      <h3 className="font-semibold">{title}</h3>
      {children}
    </section>
  )
}
