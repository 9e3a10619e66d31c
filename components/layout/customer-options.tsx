'use client'
import { Check } from 'lucide-react'
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react'
import { TextInput } from '@/components/ui/field'
import { cn } from '@/lib/core/cn'
import type { CustomerDto } from '@/lib/customers/input'
import { formatCount, plural } from '@/lib/format/numbers'

type CustomerOptionsProps = {
  /** null while they are being read. */
  customers: readonly CustomerDto[] | null
  total: number
  chosen: string | null
  search: { typed: string; onType: (text: string) => void } | null
  onChoose: (customerId: string | null) => void
}
type Option = { id: string | null; name: string; count: number | null }

/** The place after a key: ends stay ends. Null for a key that moves nothing. */
function moved(key: string, place: number, last: number): number | null {
  if (key === 'ArrowDown') return Math.min(last, place + 1)
  if (key === 'ArrowUp') return Math.max(0, place - 1)
  if (key === 'Home') return 0
  return key === 'End' ? last : null
}

/** A list of one choice, with a field that narrows it where it is long. Arrows move, Enter chooses. */
export function CustomerOptions({ customers, total, chosen, search, onChoose }: CustomerOptionsProps) {
  const id = useId()
  const list = useRef<HTMLUListElement>(null)
  const all: readonly Option[] = search !== null && search.typed.trim() !== '' ? [] : [{ id: null, name: 'All customers', count: null }]
  const options: readonly Option[] = [...all, ...(customers ?? []).map((customer) => ({ id: customer.id, name: customer.name, count: customer.firewallCount }))]
  const [at, setAt] = useState(0)
  const place = Math.min(at, options.length - 1)
  useEffect(() => {
    list.current?.querySelector('[data-at]')?.scrollIntoView({ block: 'nearest' })
  }, [place])
  const onKeyDown = (event: KeyboardEvent): void => {
    const next = moved(event.key, place, options.length - 1)
    const option = options[place]
    if (next !== null) setAt(next)
    else if (event.key === 'Enter' && option) onChoose(option.id)
    else return
    event.preventDefault()
  }
  const active = place < 0 ? undefined : `${id}-${place}`
  return (
    <div className="flex flex-col gap-1">
      {search !== null && (
        <TextInput
          role="combobox"
          aria-label="Find a customer"
          aria-expanded
          aria-controls={id}
          aria-activedescendant={active}
          aria-autocomplete="list"
          placeholder="Find a customer"
          value={search.typed}
          onChange={(event) => {
            setAt(0)
            search.onType(event.target.value)
          }}
          onKeyDown={onKeyDown}
        />
      )}
      <ul
        ref={list}
        id={id}
        role="listbox"
        aria-label="Customers"
        {...(search === null && { tabIndex: 0, 'aria-activedescendant': active, onKeyDown })}
        className="max-h-80 overflow-y-auto"
      >
        {options.map((option, number) => (
          <li
            key={option.id ?? 'all'}
            id={`${id}-${number}`}
            role="option"
            aria-selected={option.id === chosen}
            data-at={number === place || undefined}
            onPointerMove={() => setAt(number)}
            onClick={() => onChoose(option.id)}
            className={cn('flex min-h-[30px] cursor-pointer items-center gap-2 rounded-md px-2 max-md:min-h-11', number === place && 'bg-hover')}
          >
            <Check aria-hidden size={14} className={cn('shrink-0', option.id !== chosen && 'invisible')} />
            <span className="min-w-0 flex-1 truncate">{option.name}</span>
            {option.count !== null && (
              <span className="text-xs text-text-3 tabular-nums" title={plural(option.count, 'firewall')}>
                {formatCount(option.count)}
              </span>
            )}
          </li>
        ))}
      </ul>
      <p role="status" className="px-2 pb-1 text-xs text-text-3 empty:hidden">
        {customers === null
          ? 'Reading the customers …'
          : options.length === 0
            ? 'No customer has this in its name.'
            : total > customers.length
              ? `${formatCount(total - customers.length)} more: type a part of the name.`
              : ''}
      </p>
    </div>
  )
}
