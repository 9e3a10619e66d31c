'use client'
import { Lock } from 'lucide-react'
import { useState } from 'react'
import type { ValueChange } from '@/lib/configuration/dto'
import { formatCount } from '@/lib/format/numbers'
import { escapeUnseen } from '@/lib/format/unseen'
import { isWholeSecret, secretWords } from './diff-words'
import { DifferingText } from './differing-text'

/** What is shown of a long text before someone asks for the rest, and of a long list. */
const TEXT_SHOWN = 400
const ENTRIES_SHOWN = 12

type ValueCellProps = { value: ValueChange; side: 'before' | 'after' }

/** One value on one side. A secret is only ever a word. */
export function ValueCell({ value, side }: ValueCellProps) {
  const text = value[side]
  const entries = side === 'before' ? value.removed : value.added
  if (value.added !== undefined || value.removed !== undefined) return <Entries entries={entries ?? []} side={side} shortened={value.shortened === true} />
  if (text === null) return <span className="text-text-3">{side === 'before' ? 'was not there' : 'is gone'}</span>
  if (isWholeSecret(value)) return <Secret words={side === 'after' || value.after === null ? secretWords(value) : 'secret'} />
  return (
    <>
      <LongText text={text} other={side === 'before' ? value.after : value.before} side={side} />
      {value.secret && side === 'after' && <Secret words={secretWords(value)} />}
      {value.shortened === true && <span className="block font-sans text-text-3">Cut here: it is very long.</span>}
    </>
  )
}

function Secret({ words }: { words: string }) {
  return (
    <span className="inline-flex items-center gap-1.5 font-sans text-text-2">
      <Lock aria-hidden size={12} strokeWidth={1.75} className="shrink-0" />
      {words}
    </span>
  )
}

function LongText({ text, other, side }: { text: string; other: string | null; side: 'before' | 'after' }) {
  const [whole, setWhole] = useState(false)
  if (text === '') return <span className="font-sans text-text-3">empty</span>
  const weight = side === 'after' ? 'font-semibold' : 'text-text-2'
  if (whole || text.length <= TEXT_SHOWN) {
    return (
      <span className={`${weight} break-words whitespace-pre-wrap`}>
        <DifferingText text={text} other={other} side={side} />
      </span>
    )
  }
  return (
    <>
      <span className={`${weight} break-words whitespace-pre-wrap`}>{escapeUnseen(text.slice(0, TEXT_SHOWN))}…</span>{' '}
      <button type="button" onClick={() => setWhole(true)} className="min-h-6 font-sans text-act hover:underline max-md:min-h-11">
        Show all {formatCount(text.length)} characters
      </button>
    </>
  )
}

/** Of a list: what came and what went. */
function Entries({ entries, side, shortened }: { entries: readonly string[]; side: 'before' | 'after'; shortened: boolean }) {
  const [whole, setWhole] = useState(false)
  if (entries.length === 0) return <span className="font-sans text-text-3">{side === 'before' ? 'nothing was removed' : 'nothing was added'}</span>
  const shown = whole ? entries : entries.slice(0, ENTRIES_SHOWN)
  return (
    <>
      <ul aria-label={side === 'before' ? 'Removed' : 'Added'}>
        {shown.map((entry, place) => (
          <li key={`${place} ${entry}`} className={`break-words ${side === 'after' ? 'font-semibold' : 'text-text-2'}`}>
            <span aria-hidden>{side === 'before' ? '− ' : '+ '}</span>
            {escapeUnseen(entry)}
          </li>
        ))}
      </ul>
      {shown.length < entries.length && (
        <button type="button" onClick={() => setWhole(true)} className="min-h-6 font-sans text-act hover:underline max-md:min-h-11">
          Show all {formatCount(entries.length)}
        </button>
      )}
      {shortened && <span className="block font-sans text-text-3">There are more; the lines show them.</span>}
    </>
  )
}
