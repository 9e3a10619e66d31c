import { ArrowRight } from 'lucide-react'
import { formatCount } from '@/lib/format/numbers'
import type { ChangeDto, FieldChange } from '@/lib/history/dto'
import { fieldWords, shortenedWords, toldFields, valueWords } from './change-words'

/** Entries of a list that are told at once. */
const ENTRIES_SHOWN = 12

/** What differs, one field a line: before → after, or what came and went. */
export function ChangeFields({ change }: { change: ChangeDto }) {
  const fields = toldFields(change)
  if (fields.length === 0) return null
  return (
    <dl className="grid grid-cols-[minmax(6rem,max-content)_minmax(0,1fr)] gap-x-4 gap-y-0.5 max-md:grid-cols-1">
      {fields.map((field) => (
        <div key={field.field} className="contents">
          <dt className="text-text-3">{fieldWords(field.field)}</dt>
          <dd className="min-w-0 break-words max-md:mb-1">
            <FieldValue field={field} what={change.what} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

function FieldValue({ field, what }: { field: FieldChange; what: ChangeDto['what'] }) {
  const { before, after, added, removed } = field
  const length = shortenedWords(field)
  if (added !== undefined || removed !== undefined) {
    return (
      <span className="flex flex-col">
        <Entries sign="+" word="added" entries={added ?? []} />
        <Entries sign="−" word="removed" entries={removed ?? []} />
        {length !== null && <span className="text-xs text-text-3">{length}</span>}
      </span>
    )
  }
  if (what === 'new' || what === 'gone') return <span className="font-mono text-xs">{valueWords(what === 'new' ? after : before)}</span>
  return (
    <>
      <span className="font-mono text-xs text-text-2">
        <span className="sr-only">before </span>
        {valueWords(before)}
      </span>
      <ArrowRight aria-label="to" size={12} className="mx-1.5 inline text-text-3" />
      <span className="font-mono text-xs font-semibold">{valueWords(after)}</span>
    </>
  )
}

function Entries({ sign, word, entries }: { sign: string; word: string; entries: readonly unknown[] }) {
  if (entries.length === 0) return null
  const rest = entries.length - ENTRIES_SHOWN
  return (
    <span className="font-mono text-xs">
      <span aria-hidden>{sign} </span>
      <span className="sr-only">{word}: </span>
      {entries.slice(0, ENTRIES_SHOWN).map(valueWords).join(', ')}
      {rest > 0 && <span className="font-sans text-text-3"> and {formatCount(rest)} more</span>}
    </span>
  )
}
