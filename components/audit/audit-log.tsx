'use client'
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Download, X } from 'lucide-react'
import { usePathname, useSearchParams } from 'next/navigation'
import { useState } from 'react'
import { useSingleKey } from '@/components/firewalls/detail/use-single-key'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Empty } from '@/components/ui/empty'
import { LoadMore } from '@/components/ui/load-more'
import { ProblemNotice } from '@/components/ui/problem'
import { SkeletonRows } from '@/components/ui/skeleton'
import { useMedia } from '@/components/ui/use-media'
import { useSettled } from '@/components/ui/use-settled'
import { VirtualTable } from '@/components/ui/virtual-table'
import type { AuditEntryDto } from '@/lib/audit/dto'
import { formatCount, plural } from '@/lib/format/numbers'
import { auditExportHref, auditQueries } from '@/lib/queries/audit'
import { meQueries } from '@/lib/queries/me'
import { AUDIT_CONDITIONS, readAuditView, toAuditQuery, writeAuditView, type AuditView } from './audit-filter'
import { AuditFilterBar } from './audit-filter-bar'
import { AuditPanel } from './audit-panel'
import { AUDIT_COLUMNS, AuditCard, withDays, type AuditRow } from './audit-rows'

const WIDE = '(min-width: 80rem)'
const keyOf = (row: AuditRow): string => row.key

/** Who did what, newest first; of one firewall when `firewallId` is given. The address holds conditions and the opened entry. */
export function AuditLog({ firewallId }: { firewallId?: string }) {
  const path = usePathname()
  const params = useSearchParams()
  const wide = useMedia(WIDE)
  const view = readAuditView(params)
  const asked = useSettled(writeAuditView('', view))
  const filter = { ...toAuditQuery(readAuditView(new URLSearchParams(asked))), ...(firewallId !== undefined && { firewallId }) }
  const log = useInfiniteQuery({ ...auditQueries.list(filter), placeholderData: keepPreviousData })
  const entries = log.data?.pages.flatMap((page) => page.items) ?? []
  const opened = entries.find(({ entry }) => String(entry) === params.get('entry'))

  const goTo = (query: string): void => window.history.replaceState(null, '', path + query)
  const change = (part: Partial<AuditView>): void => goTo(writeAuditView(window.location.search, part))
  const open = (entry: number | null): void => {
    const next = new URLSearchParams(window.location.search)
    if (entry === null) next.delete('entry')
    else next.set('entry', String(entry))
    const query = next.toString()
    goTo(query === '' ? '' : `?${query}`)
  }
  const clear = (): void => change(Object.fromEntries(AUDIT_CONDITIONS.map((name) => [name, ''])))
  const search = firewallId === undefined ? (text: string) => change({ search: text }) : undefined
  const panel = opened && <AuditPanel entry={opened} onOpen={open} onSearch={search} />
  const firewallName = entries.find(({ target }) => target.id === view.firewall)?.target.name ?? null

  return (
    <div className="xl:grid xl:grid-cols-[minmax(0,1fr)_auto]">
      <div className="min-w-0">
        <AuditFilterBar view={view} onChange={change} firewallName={firewallName} ofOneFirewall={firewallId !== undefined} />
        {log.error && <ProblemNotice error={log.error} retry={() => void log.refetch()} className="mx-5 mb-3" />}
        {log.data === undefined ? (
          log.isPending && <SkeletonRows rows={14} columns={6} />
        ) : (
          <>
            <AuditSummary total={log.data.pages[0]?.total ?? 0} atLeast={log.data.pages[0]?.totalIsAtLeast === true} filter={filter} firewallId={firewallId} />
            {entries.length === 0 ? (
              <NoEntries filtered={asked !== ''} onClear={clear} />
            ) : (
              <Entries entries={entries} total={log.data.pages[0]?.total ?? entries.length} openedKey={opened ? String(opened.entry) : null} onOpen={open} />
            )}
            <LoadMore more={log.hasNextPage} busy={log.isFetchingNextPage} onMore={() => void log.fetchNextPage()} what="entries" />
          </>
        )}
      </div>
      {opened && wide && (
        <aside
          aria-label={`Entry ${opened.entry}`}
          className="sticky top-12 flex h-[calc(100dvh-3rem)] w-80 flex-col gap-4 overflow-y-auto border-l border-line p-5"
        >
          <div className="flex items-start justify-between gap-3">
            <h2 className="min-w-0 font-semibold break-words">{opened.action}</h2>
            <span className="flex items-center gap-1">
              <span className="font-mono text-xs text-text-3">{formatCount(opened.entry)}</span>
              <button
                type="button"
                aria-label="Close the entry"
                onClick={() => open(null)}
                className="-my-1 grid size-7 place-items-center rounded-md text-text-2 hover:bg-hover"
              >
                <X aria-hidden size={14} />
              </button>
            </span>
          </div>
          {panel}
        </aside>
      )}
      {!wide && (
        <Dialog
          shape="side"
          open={opened !== undefined}
          onOpenChange={(stays) => !stays && open(null)}
          title={opened ? `${opened.action}, entry ${formatCount(opened.entry)}` : ''}
        >
          {panel}
        </Dialog>
      )}
    </div>
  )
}

type EntriesProps = { entries: readonly AuditEntryDto[]; total: number; openedKey: string | null; onOpen: (entry: number) => void }

function Entries({ entries, total, openedKey, onOpen }: EntriesProps) {
  const [focusedKey, setFocusedKey] = useState<string | null>(null)
  const activeKey = focusedKey ?? openedKey
  const move = (step: number): void => {
    const at = entries.findIndex(({ entry }) => String(entry) === activeKey)
    const next = entries[at < 0 ? 0 : Math.min(Math.max(at + step, 0), entries.length - 1)]
    if (next) setFocusedKey(String(next.entry))
  }
  useSingleKey('j', () => move(1))
  useSingleKey('k', () => move(-1))
  return (
    <VirtualTable
      caption="Audit entries"
      rows={withDays(entries)}
      total={total}
      columns={AUDIT_COLUMNS}
      rowKey={keyOf}
      heading={(row) => (row.kind === 'day' ? row.day : null)}
      card={(row) => (row.kind === 'entry' ? <AuditCard entry={row.entry} /> : null)}
      activeKey={activeKey}
      onActive={setFocusedKey}
      onOpen={(row) => row.kind === 'entry' && onOpen(row.entry.entry)}
    />
  )
}

const EXPORT_CLASS = 'inline-flex min-h-6 items-center gap-1 text-act hover:underline max-md:min-h-11'

type SummaryProps = { total: number; atLeast: boolean; filter: Parameters<typeof auditExportHref>[0]; firewallId: string | undefined }

function AuditSummary({ total, atLeast, filter, firewallId }: SummaryProps) {
  const me = useQuery(meQueries.me())
  // A part of the log cannot be verified, so the chain is for those who see all of it.
  const seesAll = me.data?.scopes.some(({ customerId }) => customerId === null) === true
  return (
    <div className="flex flex-wrap items-center gap-x-4 px-5 pb-2 text-xs text-text-2 max-md:px-4">
      <p role="status">
        <strong className="font-semibold text-text">{plural(total, 'entry', 'entries')}</strong>
        {atLeast && ' or more'}
      </p>
      <p className="ml-auto flex items-center gap-4">
        <span className="max-md:hidden">Export what is listed:</span>
        {(['csv', 'json'] as const).map((format) => (
          <a key={format} href={auditExportHref(filter, format)} download className={EXPORT_CLASS}>
            <Download aria-hidden size={14} />
            {format.toUpperCase()}
          </a>
        ))}
        {seesAll && firewallId === undefined && (
          <a href={auditExportHref({}, 'chain')} download className={EXPORT_CLASS} title="The whole log with its signed checkpoints, to be verified elsewhere">
            <Download aria-hidden size={14} />
            Whole chain
          </a>
        )}
      </p>
    </div>
  )
}

function NoEntries({ filtered, onClear }: { filtered: boolean; onClear: () => void }) {
  return filtered ? (
    <Empty title="No entry matches" action={<Button onClick={onClear}>Remove all conditions</Button>}>
      The conditions above leave nothing over.
    </Empty>
  ) : (
    <Empty title="Nothing has been done yet">Every act of a person, a token or a plan leaves an entry here.</Empty>
  )
}
