'use client'
import { useState } from 'react'
import { usePhone } from '@/components/ui/use-media'
import type { ItemChange, ValueChange } from '@/lib/configuration/dto'
import { plural } from '@/lib/format/numbers'
import { pathWords } from './diff-words'
import { ValueCell } from './value-cell'

/** Of what came or went, all values are there; they open on demand. */
const FOLDED_FROM = 8

type Sides = readonly ('before' | 'after')[]
const HEADS = { before: 'Before', after: 'After' } as const
const sidesOf = (what: ItemChange['what']): Sides => (what === 'added' ? ['after'] : what === 'removed' ? ['before'] : ['before', 'after'])

/** The values of one item that differ, before and after side by side; one below the other on a phone. */
export function ItemValues({ item }: { item: ItemChange }) {
  const phone = usePhone()
  const [whole, setWhole] = useState(false)
  const { values, what, label } = item
  const sides = sidesOf(what)
  const shown = whole || sides.length === 2 ? values : values.slice(0, FOLDED_FROM)
  if (values.length === 0) return null
  return (
    <div className="flex flex-col items-start gap-1">
      {phone ? <Stacked values={shown} sides={sides} /> : <SideBySide values={shown} sides={sides} caption={`Values of ${label}`} />}
      {shown.length < values.length && (
        <button type="button" onClick={() => setWhole(true)} className="min-h-6 text-xs text-act hover:underline max-md:min-h-11">
          Show all {plural(values.length, 'value')}
        </button>
      )}
      {item.valuesShortened && <p className="text-xs text-text-3">There are more values than are shown here; the lines show all of them.</p>}
    </div>
  )
}

type ValuesProps = { values: readonly ValueChange[]; sides: Sides }

function SideBySide({ values, sides, caption }: ValuesProps & { caption: string }) {
  return (
    <table className="w-full table-fixed border-collapse text-left text-xs">
      <caption className="sr-only">{caption}</caption>
      <thead className={sides.length === 2 ? undefined : 'sr-only'}>
        <tr>
          <th scope="col" className="w-1/4 py-0.5 pr-3 font-normal text-text-3">
            Value
          </th>
          {sides.map((side) => (
            <th key={side} scope="col" className="py-0.5 pr-3 font-normal text-text-3">
              {HEADS[side]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {values.map((value) => (
          <tr key={value.path} className="align-top">
            <th scope="row" className="py-0.5 pr-3 font-normal break-words text-text-2">
              {pathWords(value.path)}
            </th>
            {sides.map((side) => (
              <td key={side} className="py-0.5 pr-3 font-mono">
                <ValueCell value={value} side={side} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Stacked({ values, sides }: ValuesProps) {
  return (
    <dl className="flex w-full flex-col gap-2 text-xs">
      {values.map((value) => (
        <div key={value.path}>
          <dt className="break-words text-text-2">{pathWords(value.path)}</dt>
          {sides.map((side) => (
            <dd key={side} className="grid grid-cols-[3rem_minmax(0,1fr)] font-mono">
              <span className={sides.length === 2 ? 'font-sans text-text-3' : 'sr-only'}>{HEADS[side]}</span>
              <span className={sides.length === 2 ? undefined : 'col-span-2'}>
                <ValueCell value={value} side={side} />
              </span>
            </dd>
          ))}
        </div>
      ))}
    </dl>
  )
}
