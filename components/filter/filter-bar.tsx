'use client'
import { ListFilter } from 'lucide-react'
import { useId, useRef, type ClipboardEvent, type KeyboardEvent, type RefObject } from 'react'
import { useSingleKey } from '@/components/firewalls/detail/use-single-key'
import { Kbd } from '@/components/ui/kbd'
import { cn } from '@/lib/core/cn'
import type { ListName } from '@/lib/query-language/fields'
import type { Pair } from '@/lib/query-language/parse'
import type { Fault } from './check-conditions'
import { ConditionChip } from './condition-chip'
import { FaultLines } from './fault-lines'
import type { Suggestion } from './suggest'
import { optionId, SuggestionList } from './suggestion-list'
import { useDraft, type Draft } from './use-draft'
import { useKnownValues } from './use-known-values'
import { useLanguage } from './use-language'

export type FilterBarProps = {
  list: ListName
  /** As they stand in the address, wrong ones included: those are marked here. */
  conditions: readonly Pair[]
  onChange: (conditions: readonly Pair[]) => void
  inputRef?: RefObject<HTMLInputElement | null>
  /** Suggested values are those of this customer. */
  customerId?: string | null
  /** What the server found wrong, for example in an expression that only it can read. */
  faults?: readonly Fault[]
  className?: string
  /** Names one of several on a page; `/` goes to the one without a name. */
  label?: string
}

/** One field in which conditions are written, and stand as chips. `/` goes there. */
export function FilterBar({ list, conditions, onChange, inputRef, customerId = null, faults = NONE, className, label }: FilterBarProps) {
  const id = useId()
  const own = useRef<HTMLInputElement>(null)
  const input = inputRef ?? own
  const { language, bring } = useLanguage(conditions.length > 0)
  const draft = useDraft(list, conditions, onChange, { language, bring })
  const known = useKnownValues(language, list, draft.open ? draft.text : '', customerId)
  const groups = draft.open && language !== null ? language.suggest(list, draft.text, known.values, draft.nowMs) : []
  const items = groups.flatMap((group) => group.items)
  const open = items.length > 0
  useSingleKey('/', () => label === undefined && input.current?.focus())

  const found = language?.checkConditions(list, conditions).faults
  const wrong = conditions.map(([name], place) => found?.[place] ?? faults.find(({ field }) => field === name) ?? null)
  const choose = ({ typed, adds }: Suggestion): void => {
    if (adds) draft.add(typed)
    else draft.type(typed)
    input.current?.focus()
  }
  const listId = `${id}-list`
  const faultsId = `${id}-faults`
  return (
    <div role="search" aria-label={label ?? 'Filter'} className={cn('relative min-w-0', className)}>
      <div
        className="flex min-h-8 items-start gap-2 rounded-md border border-control bg-surface px-2.5 focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-act max-md:min-h-11"
        onClick={(event) => event.target === event.currentTarget && input.current?.focus()}
      >
        <ListFilter aria-hidden size={16} strokeWidth={1.75} className="mt-[7px] shrink-0 text-text-3 max-md:mt-3.5" />
        <ul aria-label="Conditions" className="flex min-w-0 flex-1 flex-wrap items-center gap-1.5 py-[3px]">
          {conditions.map((pair, place) =>
            place === draft.editing ? null : (
              <ConditionChip
                key={`${place} ${pair[0]} ${pair[1]}`}
                pair={pair}
                wrong={(wrong[place] ?? null) !== null}
                describedBy={faultsId}
                onEdit={() => {
                  draft.edit(place)
                  input.current?.focus()
                }}
                onRemove={() => {
                  draft.remove(place)
                  input.current?.focus()
                }}
              />
            ),
          )}
          <li className="min-w-40 flex-1">
            <input
              ref={input}
              type="text"
              role="combobox"
              aria-label="Add a condition"
              aria-autocomplete="list"
              aria-expanded={open}
              aria-controls={listId}
              aria-activedescendant={open && draft.active >= 0 ? optionId(listId, draft.active) : undefined}
              aria-invalid={draft.fault !== null || undefined}
              aria-describedby={draft.fault === null ? undefined : faultsId}
              placeholder={conditions.length === 0 ? PLACEHOLDERS[list] : 'Add a condition'}
              value={draft.text}
              spellCheck={false}
              autoComplete="off"
              autoCapitalize="off"
              onFocus={() => void bring().catch(() => undefined)}
              onClick={draft.show}
              onBlur={draft.leave}
              onChange={(event) => draft.type(event.target.value)}
              onPaste={(event) => onPaste(event, draft)}
              onKeyDown={(event) => onKey(event, draft, items, conditions.length, choose)}
              className={cn('h-6 w-full bg-transparent text-sm outline-none max-md:h-9 max-md:text-base', draft.text !== '' && 'font-mono text-xs')}
            />
          </li>
        </ul>
        <span className="mt-[6px]">{conditions.length === 0 && draft.text === '' && label === undefined && <Kbd>/</Kbd>}</span>
      </div>
      {open && <SuggestionList id={listId} groups={groups} active={draft.active} busy={known.busy} onChoose={choose} />}
      <FaultLines id={faultsId} draft={draft.fault} ofConditions={wrong} />
    </div>
  )
}

const NONE: readonly Fault[] = []
const PLACEHOLDERS = {
  firewalls: 'Name, address, customer, or a condition such as version__startswith=26.7',
  rules: 'Text of a rule, an address, a port, or a condition such as action=pass',
  aliases: 'Name of an alias, or an address in it',
  arp: 'Address, MAC or host name',
  leases: 'Address, MAC or host name',
} as const satisfies Record<ListName, string>

function onPaste(event: ClipboardEvent<HTMLInputElement>, draft: Draft): void {
  if (draft.paste(event.clipboardData.getData('text/plain'))) event.preventDefault()
}

/** Keys of a combobox with a list: the field keeps the focus. */
function onKey(event: KeyboardEvent<HTMLInputElement>, draft: Draft, items: readonly Suggestion[], count: number, choose: (item: Suggestion) => void): void {
  // While letters are being composed the keys belong to that.
  if (event.nativeEvent.isComposing) return
  const chosen = items[draft.active]
  switch (event.key) {
    case 'ArrowDown':
      if (items.length > 0) draft.move((draft.active + 1) % items.length)
      else draft.show()
      break
    case 'ArrowUp':
      if (items.length > 0) draft.move(draft.active <= 0 ? items.length - 1 : draft.active - 1)
      break
    case 'Enter': {
      // A name that is complete wants its filter or value next.
      const next = items.find(({ typed, adds }) => !adds && typed === `${draft.text.trim()}=`)
      if (chosen) choose(chosen)
      else if (next) draft.type(next.typed)
      else draft.add(draft.text)
      break
    }
    case 'Tab': {
      const first = chosen ?? items[0]
      if (event.shiftKey || draft.text === '' || !first) return draft.close()
      choose(first)
      break
    }
    case 'Backspace':
      if (draft.text !== '' || count === 0 || draft.editing !== null) return
      draft.edit(count - 1)
      break
    case 'Escape':
      if (items.length > 0 && draft.text !== '') draft.close()
      else if (draft.text !== '' || draft.editing !== null) draft.cancel()
      else event.currentTarget.blur()
      break
    default:
      return
  }
  event.preventDefault()
}
