'use client'
import { ArrowUpRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { Age } from '@/components/ui/age'
import { ButtonLink } from '@/components/ui/button-link'
import type { FactItems, FactListName } from '@/lib/queries/fleet-lists'
import { fieldsOf } from '@/lib/query-language/fields'
import { VALUE_LETTERS_MAX, type Pair } from '@/lib/query-language/parse'
import { ReadAge } from './where-columns'

/** Entries of one list; the firewall's own page has all of them. */
const ENTRIES_SHOWN = 40
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

type FactDetailsProps = { list: FactListName; item: FactItems[FactListName]; href: string; onAdd: (pair: Pair) => void }

/** Every field by its name in the query language. A value is a condition: a click adds it. */
export function FactDetails({ list, item, href, onAdd }: FactDetailsProps) {
  const fields = fieldsOf(list).flatMap(({ name, at }) => {
    const value = 'path' in at ? at.path.reduce<unknown>((inner, part) => (isRecord(inner) ? inner[part] : undefined), item) : undefined
    return value === undefined ? [] : [{ name, value }]
  })
  const told = fields.filter(({ value }) => value !== null)
  const untold = fields.filter(({ value }) => value === null).map(({ name }) => name)
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-x-5 gap-y-2 text-xs text-text-2">
        <ButtonLink href={href} size="sm" icon={ArrowUpRight}>
          Open on {item.firewall.name}
        </ButtonLink>
        <Value pair={['firewall__name', item.firewall.name]} onAdd={onAdd}>
          Only this firewall
        </Value>
        <Value pair={['customer__name', item.customer.name]} onAdd={onAdd}>
          Only {item.customer.name}
        </Value>
        <span>
          First seen <Age at={item.firstSeenAt} />, changed <Age at={item.changedAt} />, {item.goneAt === null && 'read '}
          <ReadAge list={list} item={item} />
        </span>
      </div>
      <dl className="grid gap-x-8 gap-y-1 sm:grid-cols-2 xl:grid-cols-3">
        {told.map(({ name, value }) => (
          <div key={name} className="flex min-w-0 items-baseline gap-2">
            <dt className="shrink-0 font-mono text-xs text-text-3">{name}</dt>
            <dd className="min-w-0 flex-1 break-words">
              <Values name={name} value={value} onAdd={onAdd} />
            </dd>
          </div>
        ))}
      </dl>
      {untold.length > 0 && (
        <p className="text-xs text-text-3">
          Not reported or not set: <span className="font-mono">{untold.join(', ')}</span>
        </p>
      )}
    </div>
  )
}

function Values({ name, value, onAdd }: { name: string; value: unknown; onAdd: (pair: Pair) => void }) {
  if (value === '') return <span className="text-text-3">empty</span>
  if (!Array.isArray(value)) return <Value pair={[name, String(value)]} onAdd={onAdd} />
  const texts = value.map(String)
  if (texts.length === 0) return <span className="text-text-3">none</span>
  return (
    <ul className="flex flex-wrap gap-x-3">
      {texts.slice(0, ENTRIES_SHOWN).map((text, place) => (
        <li key={place} className="min-w-0">
          <Value pair={[name, text]} onAdd={onAdd} />
        </li>
      ))}
      {texts.length > ENTRIES_SHOWN && <li className="text-text-2">{texts.length - ENTRIES_SHOWN} more on the firewall’s page</li>}
    </ul>
  )
}

function Value({ pair, onAdd, children }: { pair: Pair; onAdd: (pair: Pair) => void; children?: ReactNode }) {
  const [name, value] = pair
  if (value.length > VALUE_LETTERS_MAX) return <span className="font-mono text-xs">{value}</span>
  return (
    <button
      type="button"
      title={`Add the condition ${name}=${value}`}
      onClick={() => onAdd(pair)}
      className={`max-w-full text-left break-words text-act hover:underline max-md:min-h-11 ${children === undefined ? 'font-mono text-xs' : ''}`}
    >
      {children ?? value}
    </button>
  )
}
