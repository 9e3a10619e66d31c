'use client'
import type { ReactNode } from 'react'
import { CopyButton } from '@/components/ui/copy-button'
import { Facts } from '@/components/ui/facts'
import type { AuditEntryDto } from '@/lib/audit/dto'
import { formatExact } from '@/lib/format/dates'
import { formatCount, formatMs } from '@/lib/format/numbers'
import { changesBetween } from './audit-changes'
import { AuditResultWord } from './audit-result'
import { actorWords } from './audit-rows'

const shortHash = (hash: string): string => (hash.length <= 16 ? hash : `${hash.slice(0, 4)} ${hash.slice(4, 8)} … ${hash.slice(-4)}`)
const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))
/** Told elsewhere in the panel, or in better words. */
const TOLD = new Set(['durationMs', 'message'])
/** `downloadBytes` → `Download bytes` */
const words = (name: string): string =>
  name.replace(/([a-z])([A-Z])/g, (_all, before: string, after: string) => `${before} ${after.toLowerCase()}`).replace(/^./, (first) => first.toUpperCase())

type AuditPanelProps = {
  entry: AuditEntryDto
  /** Opens the entry with the intent. */ onOpen: (entry: number) => void
  onSearch: ((text: string) => void) | undefined
}

/** All that one entry holds. */
export function AuditPanel({ entry, onOpen, onSearch }: AuditPanelProps) {
  const { details } = entry
  return (
    <div className="flex flex-col gap-5">
      {typeof details.message === 'string' && <p className="break-words text-text-2">{details.message}</p>}
      <Facts
        items={[
          ['Result', <AuditResultWord key="result" entry={entry} />],
          ['When', formatExact(entry.at)],
          ['Who', actorWords(entry.actor)],
          [
            'From',
            <code key="from" className="font-mono text-xs">
              {entry.sourceAddress ?? 'Palisade itself'}
            </code>,
          ],
          [words(entry.target.kind), entry.target.name],
          ...(entry.customer && entry.target.kind !== 'customer' ? [['Customer', entry.customer.name] as const] : []),
          ...(entry.intentEntry !== null ? [['Intent', <EntryLink key="intent" entry={entry.intentEntry} onOpen={onOpen} />] as const] : []),
          ...(typeof details.durationMs === 'number' ? [['Took', formatMs(details.durationMs)] as const] : []),
          ...Object.entries(details)
            .filter(([name]) => !TOLD.has(name))
            .map(
              ([name, value]) =>
                [
                  words(name),
                  <code key={name} className="font-mono text-xs break-all">
                    {textOf(value)}
                  </code>,
                ] as const,
            ),
          ...(entry.requestId !== null
            ? [
                [
                  'Request',
                  <code key="request" className="font-mono text-xs break-all">
                    {entry.requestId}
                  </code>,
                ] as const,
              ]
            : []),
        ]}
      />
      <Changes entry={entry} />
      <PanelSection title="Place in the chain">
        <Facts
          items={[
            ['Before', <Hash key="before" hash={entry.previousHash} />],
            ['This', <Hash key="this" hash={entry.hash} />],
          ]}
        />
      </PanelSection>
      <div className="flex flex-wrap gap-2">
        <CopyButton text={() => JSON.stringify(entry, null, 2)} label="Copy as JSON" />
        {onSearch && entry.requestId !== null && (
          <button type="button" onClick={() => onSearch(entry.requestId ?? '')} className="text-xs text-act hover:underline">
            All of this request
          </button>
        )}
      </div>
    </div>
  )
}

function EntryLink({ entry, onOpen }: { entry: number; onOpen: (entry: number) => void }) {
  return (
    <button type="button" onClick={() => onOpen(entry)} className="font-mono text-xs text-act hover:underline">
      {formatCount(entry)}
    </button>
  )
}

const Hash = ({ hash }: { hash: string }) => (
  <code title={hash} className="font-mono text-xs">
    {shortHash(hash)}
  </code>
)

function PanelSection({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="flex flex-col gap-2">
      <h3 className="font-semibold">{title}</h3>
      {children}
    </section>
  )
}

function Changes({ entry }: { entry: AuditEntryDto }) {
  const changes = changesBetween(entry.before, entry.after)
  if (changes.length === 0) return null
  return (
    <PanelSection title="What changed">
      <dl className="rounded-md border border-line bg-sunken px-3 py-2 font-mono text-xs break-all">
        {changes.map(({ field, before, after }) => (
          <div key={field}>
            <dt className="text-text-2">{field}</dt>
            {before !== null && (
              <dd>
                <span aria-hidden>- </span>
                <span className="sr-only">before: </span>
                {before}
              </dd>
            )}
            {after !== null && (
              <dd className="font-semibold">
                <span aria-hidden>+ </span>
                <span className="sr-only">after: </span>
                {after}
              </dd>
            )}
          </div>
        ))}
      </dl>
    </PanelSection>
  )
}
