import { GripVertical } from 'lucide-react'
import { cn } from '@/lib/core/cn'
import { formatMoment } from '@/lib/format/dates'
import { formatCount } from '@/lib/format/numbers'
import type { RingRowProps } from './part-props'
import { RingFields } from './ring-fields'
import { whoWords } from './ring-words'

const percent = (value: number): string => (Number.isNaN(value) ? '?' : `${value} %`)
const whole = (value: number): string => (Number.isNaN(value) ? '?' : formatCount(value))

/** One ring: a line of what it is, and its fields while it is open. */
export function RingRow(props: RingRowProps) {
  const { ring, at, open, count, runs, fixed, errorOf, onOpen, onKeyDown, onDrag, onDrop } = props
  const { gate, name } = ring
  const moves = !(fixed.up && fixed.down)
  const wrong = errorOf(`design.rings.${at}.name`) ?? errorOf(`design.rings.${at}.who`) ?? errorOf(`design.rings.${at}.who.query`)
  return (
    <tbody onKeyDown={onKeyDown} onDragOver={(event) => event.preventDefault()} onDrop={onDrop} className="border-b border-line">
      <tr className={cn('h-8 max-md:h-11', open && 'bg-hover')} draggable={moves} onDragStart={onDrag}>
        <td className="text-text-3">{moves && <GripVertical aria-hidden size={14} className="cursor-grab" />}</td>
        <td className="min-w-0">
          <button type="button" data-ring={at} aria-expanded={open} aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown" onClick={onOpen} className="flex min-h-6 max-w-full items-center rounded-sm font-medium hover:underline max-md:min-h-11">
            <span className="truncate">{name === '' ? `Ring ${at + 1}` : name}</span>
          </button>
        </td>
        <td className={cn('truncate pr-1', ring.who.by === 'query' && 'font-mono text-xs', wrong !== undefined && 'text-bad')} title={whoWords(ring.who)}>
          {whoWords(ring.who)}
        </td>
        <td className="text-right tabular-nums">{count === null ? '–' : formatCount(count)}</td>
        <td className="text-right tabular-nums">{percent(gate.successPercent)}</td>
        <td className="text-right tabular-nums">{whole(gate.minimumCount)}</td>
        <td className="text-right tabular-nums">{Number.isNaN(gate.soakHours) ? '?' : `${gate.soakHours} h`}</td>
      </tr>
      {wrong !== undefined && !open && (
        <tr>
          <td colSpan={7} className="pb-1.5 text-xs text-bad">
            {name}: {wrong}
          </td>
        </tr>
      )}
      {open && (
        <tr className="bg-hover">
          <td colSpan={7} className="px-3 pt-1 pb-3">
            <RingFields {...props} />
            {runs !== null && runs.firstStartAt !== null && runs.lastStartAt !== null && (
              <p className="mt-3 text-xs text-text-3 tabular-nums">
                {formatCount(runs.runs)} can run, the first from {formatMoment(runs.firstStartAt)}, the last from {formatMoment(runs.lastStartAt)}.
              </p>
            )}
          </td>
        </tr>
      )}
    </tbody>
  )
}
