'use client'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { AskFleetLink } from '@/components/fleet-lists/ask-fleet-link'
import { CopyButton } from '@/components/ui/copy-button'
import { VirtualTable, type Column } from '@/components/ui/virtual-table'
import type { Alias } from '@/lib/adapters/model'
import { cn } from '@/lib/core/cn'
import { formatCount, plural } from '@/lib/format/numbers'
import { firewallQueries } from '@/lib/queries/firewalls'
import { EmptyList } from './empty-list'
import { Dash, DashOr, TextOr } from './figures'
import { FilterBox } from './filter-box'
import { useFirewall } from './firewall-context'
import { matchText } from './match-text'
import { ReadingFrame } from './reading-frame'
import { toggled } from './toggled'
import { useRefresh } from './use-refresh'
import { useUrlParam } from './use-url-param'

/** More than this is a list for the firewall itself, or for copying. */
const ENTRIES_SHOWN = 500

const searched = ({ name, type, description, content, remarks }: Alias): string => [name, type, description, content.join('\n'), remarks?.join('\n')].join('\n')

const COLUMNS: readonly Column<Alias>[] = [
  {
    id: 'name',
    head: 'Alias',
    width: '22%',
    cell: ({ name, enabled }) => <span className={cn('font-mono text-xs font-medium', enabled === false && 'text-text-3')}>{name}</span>,
  },
  { id: 'type', head: 'Type', width: '112px', cell: ({ type }) => type },
  {
    id: 'state',
    head: 'State',
    width: '88px',
    cell: ({ enabled, builtIn }) =>
      builtIn ? (
        <span className="text-text-3">built in</span>
      ) : enabled === null ? (
        <TextOr value={null} />
      ) : enabled ? (
        'on'
      ) : (
        <span className="text-text-3">off</span>
      ),
  },
  {
    id: 'content',
    head: 'Content',
    cell: ({ content, builtIn }) => (
      <span className="font-mono text-xs text-text-2">
        {content.length === 0 ? builtIn ? <Dash /> : <span className="font-sans text-text-3">empty</span> : content.slice(0, 6).join(', ')}
      </span>
    ),
  },
  {
    id: 'entries',
    head: 'Entries',
    align: 'right',
    width: '80px',
    cell: ({ content, builtIn }) => (builtIn && content.length === 0 ? <Dash /> : formatCount(content.length)),
  },
  { id: 'live', head: 'In the live table', align: 'right', width: '120px', hideBelow: 'lg', cell: ({ liveEntryCount }) => <DashOr value={liveEntryCount} /> },
  { id: 'description', head: 'Description', width: '20%', hideBelow: 'lg', cell: ({ description }) => <TextOr value={description} /> },
]

export function AliasesTab() {
  const { firewall } = useFirewall()
  const query = useQuery(firewallQueries.reading('aliases', firewall.id))
  const [filter, setFilter] = useUrlParam('filter')
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set())
  const shown = matchText(query.data?.items ?? [], filter, searched)
  return (
    <ReadingFrame
      title="Aliases"
      query={query}
      refresh={useRefresh('aliases', firewall.id)}
      note={
        <>
          {query.data && filter !== '' && (
            <span>
              {shown.length} of {query.data.items.length}
            </span>
          )}
          <AskFleetLink list="aliases" />
        </>
      }
      controls={<FilterBox value={filter} onChange={setFilter} label="Filter the aliases" hint="Name or address in it" />}
    >
      {({ items }) =>
        shown.length === 0 ? (
          <EmptyList none="No aliases." why="This firewall has none." filter={filter} onClear={() => setFilter('')} total={items.length} />
        ) : (
          <VirtualTable
            caption="Aliases"
            rows={shown}
            columns={COLUMNS}
            rowKey={({ id, name }) => `${id} ${name}`}
            expanded={open}
            renderExpanded={(alias) => <AliasDetails alias={alias} filter={filter} />}
            onOpen={({ id, name }) => setOpen(toggled(`${id} ${name}`))}
            card={(alias) => <AliasCard alias={alias} />}
          />
        )
      }
    </ReadingFrame>
  )
}

function AliasDetails({ alias, filter }: { alias: Alias; filter: string }) {
  const word = filter.trim().toLowerCase()
  const entries = alias.content.map((entry, index) => ({ entry, remark: alias.remarks?.[index] ?? '', index }))
  // Entries that were looked for come first, so that they are not below the fold.
  const sorted =
    word === ''
      ? entries
      : entries.toSorted(
          (a, b) => Number(`${b.entry} ${b.remark}`.toLowerCase().includes(word)) - Number(`${a.entry} ${a.remark}`.toLowerCase().includes(word)),
        )
  const rest = sorted.length - ENTRIES_SHOWN
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 text-text-2">
        <span>{plural(alias.content.length, 'entry', 'entries')}</span>
        {alias.liveEntryCount !== null && <span>{plural(alias.liveEntryCount, 'address', 'addresses')} in the live table</span>}
        {alias.updatedText !== null && <span>updated {alias.updatedText}</span>}
        {alias.description !== '' && <span>{alias.description}</span>}
        <CopyButton text={() => `${alias.content.join('\n')}\n`} label="Copy all entries" />
      </div>
      {alias.content.length === 0 ? (
        <p className="text-text-3">It is empty.</p>
      ) : (
        <ul className="grid gap-x-6 gap-y-0.5 sm:grid-cols-2 lg:grid-cols-4">
          {sorted.slice(0, ENTRIES_SHOWN).map(({ entry, remark, index }) => (
            <li key={index} className="min-w-0 break-words">
              <span className="font-mono text-xs">{entry}</span>
              {remark !== '' && <span className="text-xs text-text-3"> {remark}</span>}
            </li>
          ))}
        </ul>
      )}
      {rest > 0 && <p className="text-text-2">{formatCount(rest)} more. Copy all entries to see them.</p>}
    </div>
  )
}

function AliasCard({ alias: { name, type, content, description } }: { alias: Alias }) {
  return (
    <>
      <span className="flex justify-between gap-3">
        <span className="truncate font-mono text-xs font-medium">{name}</span>
        <span className="shrink-0 text-text-2">{plural(content.length, 'entry', 'entries')}</span>
      </span>
      <span className="truncate text-xs text-text-2">
        {type}
        {description !== '' && ` · ${description}`}
      </span>
    </>
  )
}
