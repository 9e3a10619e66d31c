'use client'
import { formatDateTime } from '@/lib/format/dates'
import { formatDuration } from '@/lib/format/duration'
import { formatCount, plural } from '@/lib/format/numbers'
import { shortVersion } from '@/lib/format/versions'
import { SEVERITY_WORDS } from '@/lib/notices/words'
import type { ReportDto, ReportFirewall } from '@/lib/reports/dto'
import { PaperTable, Part, right } from './paper'
import { downWords, excludedWords, uptimeWords } from './report-words'

const SEVERITY_TONES = { critical: 'font-medium text-bad', warning: 'font-medium text-warn', notice: 'text-text-2' } as const satisfies Record<keyof typeof SEVERITY_WORDS, string>

const more = (shown: number, total: number, what: string): string =>
  shown < total ? `The newest ${formatCount(shown)} of ${formatCount(total)} ${what} are listed.` : ''
const joined = (...parts: readonly string[]): string => parts.filter((part) => part !== '').join(' ')

export function UptimeTable({ report: { firewalls, uptime } }: { report: ReportDto }) {
  const rows = firewalls.map(({ id, name, site, uptime: of }) => ({ key: id, cells: [name, site ?? '', uptimeWords(of), downWords(of), excludedWords(of)] }))
  const total = {
    key: 'total',
    cells: [<strong key="all">All together</strong>, '', <strong key="percent">{uptimeWords(uptime)}</strong>, downWords(uptime), excludedWords(uptime)],
  }
  return (
    <Part
      id="uptime"
      title="Uptime"
      about="Of the time that is known. What was not seen counts neither as up nor as down."
      empty={firewalls.length === 0 ? 'There is no firewall to tell of.' : null}
    >
      <PaperTable
        caption="Uptime by firewall"
        heads={['Firewall', 'Site', right('Reachable'), right('Down'), 'Does not count']}
        rows={firewalls.length > 1 ? [...rows, total] : rows}
      />
    </Part>
  )
}

const Severity = ({ of }: { of: keyof typeof SEVERITY_WORDS }) => <span className={SEVERITY_TONES[of]}>{SEVERITY_WORDS[of]}</span>

export function IncidentTable({ incidents: { items, total, bySeverity }, zone }: { incidents: ReportDto['incidents']; zone: string }) {
  const counts = `${plural(bySeverity.critical, 'critical', 'critical')}, ${plural(bySeverity.warning, 'warning')}, ${plural(bySeverity.notice, 'notice')}.`
  return (
    <Part
      id="incidents"
      title="Incidents"
      empty={total === 0 ? 'Nothing that needed someone happened.' : null}
      {...(total > 0 && {
        about: joined(
          counts,
          'What follows from an incident is counted with it.',
          items.length < total ? `The worst ${formatCount(items.length)} of ${formatCount(total)} are listed.` : '',
        ),
      })}
    >
      <PaperTable
        caption="Incidents, worst first"
        heads={['Began', 'What', 'Severity', right('Lasted'), 'Ended', 'Taken up by']}
        rows={items.map(({ id, openedAt, sentence, severity, seconds, resolvedAt, acknowledgedBy, effects }) => ({
          key: id,
          cells: [
            <span key="at" className="whitespace-nowrap">
              {formatDateTime(openedAt, zone)}
            </span>,
            effects === 0 ? sentence : `${sentence} ${plural(effects, 'other alert')} followed from it.`,
            <Severity key="severity" of={severity} />,
            formatDuration(seconds),
            resolvedAt === null ? 'not in this month' : <span className="whitespace-nowrap">{formatDateTime(resolvedAt, zone)}</span>,
            acknowledgedBy ?? '',
          ],
        }))}
      />
    </Part>
  )
}

export function OpenTable({ open: { items, total }, zone, inProgress }: { open: ReportDto['open']; zone: string; inProgress: boolean }) {
  return (
    <Part
      id="open"
      title={inProgress ? 'Open now' : 'Open at the end of the month'}
      empty={total === 0 ? 'Nothing was open.' : null}
      {...(items.length < total && { about: `The worst ${formatCount(items.length)} of ${formatCount(total)} are listed.` })}
    >
      <PaperTable
        caption="What is open, worst first"
        heads={['What', 'Severity', 'Since']}
        rows={items.map(({ id, sentence, severity, openedAt }) => ({
          key: id,
          cells: [sentence, <Severity key="severity" of={severity} />, formatDateTime(openedAt, zone)],
        }))}
      />
    </Part>
  )
}

export function UpdateTable({ updates: { items, total }, zone }: { updates: ReportDto['updates']; zone: string }) {
  return (
    <Part
      id="updates"
      title="Updates"
      empty={total === 0 ? 'No firewall runs another version than before.' : null}
      {...(items.length < total && { about: more(items.length, total, 'updates') })}
    >
      <PaperTable
        caption="Updates by time"
        heads={['Firewall', 'Seen', 'From', 'To']}
        rows={items.map(({ firewall, at, before, after }) => ({
          key: `${firewall.id} ${at}`,
          cells: [firewall.name, formatDateTime(at, zone), shortVersion(before), shortVersion(after)],
        }))}
      />
    </Part>
  )
}

export function BackupTable({ firewalls, zone }: { firewalls: readonly ReportFirewall[]; zone: string }) {
  return (
    <Part
      id="backups"
      title="Backups and changes"
      about="A day counts as covered when a backup holds the configuration that the firewall had on it. Changed since: not yet accepted by an operator."
      empty={firewalls.length === 0 ? 'There is no firewall to tell of.' : null}
    >
      <PaperTable
        caption="Backups and changes by firewall"
        heads={['Firewall', right('New backups'), right('Days without'), right('Changes'), 'Changed since', 'Note']}
        rows={firewalls.map(({ id, name, backups: { kept, days, daysWithout, comparisonOnly }, configurationChanges, drift }) => ({
          key: id,
          cells: [
            name,
            formatCount(kept),
            `${formatCount(daysWithout)} of ${formatCount(days)}`,
            formatCount(configurationChanges),
            drift === null ? '' : formatDateTime(drift.since, zone),
            comparisonOnly ? 'for comparison only' : '',
          ],
        }))}
      />
    </Part>
  )
}

export function AcceptanceTable({ acceptances: { items, total }, zone, drifted }: { acceptances: ReportDto['acceptances']; zone: string; drifted: number }) {
  const left = drifted === 0 ? '' : `${plural(drifted, 'firewall has', 'firewalls have')} changes that nobody accepted.`
  return (
    <Part
      id="acceptances"
      title="Accepted configurations"
      empty={total === 0 ? joined('No operator accepted a configuration in this month.', left) : null}
      {...(total > 0 && { about: joined(left, more(items.length, total, 'acceptances')) })}
    >
      <PaperTable
        caption="Accepted configurations by time"
        heads={['Firewall', 'When', 'By', 'Note']}
        rows={items.map(({ firewall, at, by, note }) => ({ key: `${firewall.id} ${at}`, cells: [firewall.name, formatDateTime(at, zone), by, note] }))}
      />
    </Part>
  )
}
