'use client'
import { CircleDashed, Mail, MessageCircle, Send, Webhook, type LucideIcon } from 'lucide-react'
import type { AlertDeliveryDto, AlertDetail, AlertEventDto } from '@/lib/alerts/dto'
import { ALERT_EVENTS } from '@/lib/alerts/states'
import { formatDayMonth, formatExact, formatTime } from '@/lib/format/dates'
import { isNoticeKind, NOTICE_KINDS } from '@/lib/notices/kinds'
import { EVENT_LOOKS } from './alert-looks'

type Entry = { key: string; at: string; icon: LucideIcon; text: string; note: string | null; isSaid: boolean }

function ofEvent({ at, what, by, note }: AlertEventDto, place: number): Entry {
  const word = ALERT_EVENTS.find((known) => known === what)
  const look = word === undefined ? { word: what, icon: MessageCircle } : EVENT_LOOKS[word]
  return { key: `event ${place}`, at, icon: look.icon, text: by === null ? look.word : `${look.word} by ${by}`, note, isSaid: by !== null }
}

const CHANNEL_ICONS: Record<string, LucideIcon> = { email: Mail, webhook: Webhook }
const CHANNEL_WORDS: Record<string, string> = { email: 'E-mail', webhook: 'Webhook', slack: 'Slack', teams: 'Teams', ntfy: 'ntfy' }
const STATE_WORDS: Record<string, string> = { waiting: 'waits to be sent', sending: 'is being sent', delivered: 'delivered', unknown: 'perhaps delivered', 'given-up': 'given up', dropped: 'dropped' }

function ofDelivery({ at, notice, channel, channelKind, state, attempts }: AlertDeliveryDto, place: number): Entry {
  const way = CHANNEL_WORDS[channelKind] ?? channelKind
  const tries = attempts > 1 ? `, attempt ${attempts}` : ''
  const told = isNoticeKind(notice) ? NOTICE_KINDS[notice] : notice
  return { key: `delivery ${place}`, at, icon: CHANNEL_ICONS[channelKind] ?? Send, text: `${told}: ${channel === null ? way : `${way} to ${channel}`} ${STATE_WORDS[state] ?? state}${tries}`, note: null, isSaid: false }
}

const sameDay = (one: string, other: string): boolean => formatDayMonth(one) === formatDayMonth(other)

/** What was seen so long before it opened is told apart from it. */
const WAITED_MS = 60_000

/** What happened to an alert and who was told, newest first. */
export function AlertTimeline({ alert: { events, deliveries, since, openedAt } }: { alert: Pick<AlertDetail, 'events' | 'deliveries' | 'since' | 'openedAt'> }) {
  const first: Entry[] = openedAt !== null && Date.parse(openedAt) - Date.parse(since) >= WAITED_MS ? [{ key: 'since', at: since, icon: CircleDashed, text: 'It began; not long enough yet to open', note: null, isSaid: false }] : []
  const entries = [...events.map(ofEvent), ...deliveries.map(ofDelivery), ...first].sort((one, other) => other.at.localeCompare(one.at))
  return (
    <ol className="flex flex-col">
      {entries.map(({ key, at, icon: Icon, text, note, isSaid }, place) => {
        const before = entries[place - 1]
        return (
          <li key={key} className="flex min-h-8 items-start gap-3 py-1.5">
            <time dateTime={at} title={formatExact(at)} className="w-24 shrink-0 text-text-2 tabular-nums">
              {(before === undefined || !sameDay(before.at, at)) && <span className="text-text-3">{formatDayMonth(at)} </span>}
              {formatTime(at).slice(0, 5)}
            </time>
            <Icon aria-hidden size={16} strokeWidth={1.75} className="mt-0.5 shrink-0 text-text-2" />
            <div className="min-w-0 break-words">
              {text}
              {note !== null && note !== '' && <p className="text-text-2">{isSaid ? `“${note}”` : note}</p>}
            </div>
          </li>
        )
      })}
    </ol>
  )
}
