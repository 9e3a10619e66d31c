import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import { Plus } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { RINGS_MAX, type RingDesign } from '@/lib/plans/words'
import { DesignPart, Note } from './part'
import type { PartProps } from './part-props'
import { addRing, moveRing } from './plan-draft'
import { namesInShort } from './plan-words'
import { RingRow } from './ring-row'

/**
 * The rings in their order. A row opens to its fields; Alt with the arrow up or down moves it, from whatever in it has the focus,
 * and so do dragging and the buttons in it.
 */
export function RingsPart({ draft, change, errorOf, preview }: PartProps) {
  const { rings } = draft.design
  const [open, setOpen] = useState<number | null>(null)
  const [said, setSaid] = useState('')
  const [dragged, setDragged] = useState<number | null>(null)
  // Which ring the focus follows after a move: rows are told apart by their place alone.
  const [focusAt, setFocusAt] = useState<{ at: number } | null>(null)
  const table = useRef<HTMLTableElement>(null)
  useEffect(() => {
    if (focusAt !== null) table.current?.querySelector<HTMLElement>(`[data-ring="${focusAt.at}"]`)?.focus()
  }, [focusAt])
  const set = (next: RingDesign[]): void => change({ design: { ...draft.design, rings: next } })
  const move = (from: number, to: number): void => {
    const next = moveRing(rings, from, to)
    if (next[from] === rings[from]) return
    set(next)
    setOpen(open === from ? to : open === to ? from : open)
    setFocusAt({ at: to })
    setSaid(`${rings[from]?.name ?? ''} is ring ${to + 1} of ${rings.length} now.`)
  }
  const byKey = (event: KeyboardEvent, at: number): void => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return
    event.preventDefault()
    move(at, event.key === 'ArrowUp' ? at - 1 : at + 1)
  }
  const add = (): void => {
    const added = addRing(rings)
    if (added === null) return
    set(added.rings)
    setOpen(added.at)
    setFocusAt({ at: added.at })
    setSaid(`A ring was added as ring ${added.at + 1}.`)
  }
  const remove = (at: number): void => {
    set(rings.filter((_, place) => place !== at))
    setOpen(null)
    setFocusAt({ at: Math.max(0, at - 1) })
    setSaid(`${rings[at]?.name ?? ''} was removed.`)
  }
  const wrong = errorOf('design.rings')
  /** By name: the preview may still be of the rings of before. */
  const shown = (name: string) => {
    const named = preview?.rings.filter((ring) => ring.name === name) ?? []
    return named.length === 1 ? (named[0] ?? null) : null
  }
  return (
    <DesignPart
      number={3}
      title="Rings"
      act={
        <Button variant="quiet" size="sm" icon={Plus} disabledReason={rings.length >= RINGS_MAX ? `At most ${RINGS_MAX} rings.` : null} onClick={add} className="-mr-2">
          Add a ring
        </Button>
      }
    >
      <table ref={table} className="w-full table-fixed border-collapse text-left">
        <caption className="sr-only">Rings in their order. Alt with the arrow up or down moves a ring.</caption>
        <thead className="border-b border-line-2 text-xs text-text-2 [&_th]:h-8 [&_th]:font-medium">
          <tr>
            <th className="w-5">
              <span className="sr-only">Move</span>
            </th>
            <th className="w-[22%]">Ring</th>
            <th>Who</th>
            <th className="w-9 text-right">All</th>
            <th className="w-14 text-right">Success</th>
            <th className="w-9 text-right">Min.</th>
            <th className="w-11 text-right">Soak</th>
          </tr>
        </thead>
        {rings.map((ring, at) => (
          <RingRow
            key={at}
            {...{ ring, at, errorOf, open: open === at, last: at === rings.length - 1, query: draft.conditions }}
            count={shown(ring.name)?.matched ?? null}
            runs={shown(ring.name)}
            only={rings.length === 1}
            fixed={{ up: at === 0 || ring.who.by === 'rest', down: at === rings.length - 1 || rings[at + 1]?.who.by === 'rest' }}
            onOpen={() => setOpen(open === at ? null : at)}
            onChange={(next) => set(rings.map((each, place) => (place === at ? next : each)))}
            onMove={(step) => move(at, at + step)}
            onKeyDown={(event) => byKey(event, at)}
            onRemove={() => remove(at)}
            onDrag={() => setDragged(at)}
            onDrop={() => {
              if (dragged !== null) move(dragged, at)
              setDragged(null)
            }}
          />
        ))}
      </table>
      <p role="status" className="sr-only">
        {said}
      </p>
      {wrong === undefined ? <Note>{alertWords(rings)}</Note> : <Note tone="bad">{wrong}</Note>}
    </DesignPart>
  )
}

function alertWords(rings: readonly RingDesign[]): string {
  const closing = rings.filter(({ gate }) => gate.noNewCriticalAlert)
  if (closing.length === 0) return 'A ring opens when the one before it has passed its gate.'
  const where = closing.length === rings.length ? '' : ` of ${namesInShort(closing.map(({ name }) => name), 4)}`
  return `A new critical alert on an updated firewall closes the gate${where} as well.`
}
