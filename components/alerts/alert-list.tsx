'use client'
import { Button } from '@/components/ui/button'
import type { AlertDto } from '@/lib/alerts/dto'
import { plural } from '@/lib/format/numbers'
import { SEVERITIES, type Severity } from '@/lib/notices/kinds'
import { SEVERITY_LOOKS } from './alert-looks'
import { AlertRow } from './alert-row'
import type { HeldRow } from './held-order'

type AlertListProps = {
  rows: readonly HeldRow[]
  /** Came while the order was held. */ waiting: readonly AlertDto[]
  onShowWaiting: () => void
  /** In groups by severity; what is over is one list by time. */ grouped: boolean
  activeId: string | null
  selected: ReadonlySet<string>
  hrefOf: (id: string) => string
  onActive: (id: string) => void
  onToggle: (id: string) => void
  onOpen: (id: string) => boolean
}

const groupsOf = (rows: readonly HeldRow[], grouped: boolean): { severity: Severity | null; rows: readonly HeldRow[] }[] =>
  grouped ? SEVERITIES.map((severity) => ({ severity, rows: rows.filter(({ alert }) => alert.severity === severity) })).filter((group) => group.rows.length > 0) : [{ severity: null, rows }]

/** Alerts, worst first. */
export function AlertList({ rows, waiting, onShowWaiting, grouped, activeId, selected, ...acts }: AlertListProps) {
  const tabStopId = rows.some(({ alert }) => alert.id === activeId) ? activeId : (rows[0]?.alert.id ?? null)
  return (
    <>
      {waiting.length > 0 && (
        <div className="sticky top-0 z-20 flex items-center justify-between gap-3 border-b border-line bg-act-soft px-4 py-1.5 text-xs max-xl:top-12">
          <p role="status">{plural(waiting.length, 'new alert')}, kept back while you work here.</p>
          <Button size="sm" onClick={onShowWaiting}>
            Show {waiting.length === 1 ? 'it' : 'them'}
          </Button>
        </div>
      )}
      {groupsOf(rows, grouped).map(({ severity, rows: inGroup }) => (
        <section key={severity ?? 'all'} aria-label={severity === null ? 'Resolved' : SEVERITY_LOOKS[severity].word}>
          {severity !== null && <h2 className="flex h-8 items-center border-b border-line-2 bg-sunken px-4 text-xs text-text-2">{SEVERITY_LOOKS[severity].word}</h2>}
          <ul>
            {inGroup.map((row) => (
              <AlertRow key={row.alert.id} row={row} active={row.alert.id === activeId} tabStop={row.alert.id === tabStopId} selected={selected.has(row.alert.id)} {...rowActs(acts, row.alert.id)} />
            ))}
          </ul>
        </section>
      ))}
    </>
  )
}

type Acts = Pick<AlertListProps, 'hrefOf' | 'onActive' | 'onToggle' | 'onOpen'>
const rowActs = ({ hrefOf, ...acts }: Acts, id: string) => ({ ...acts, href: hrefOf(id) })
