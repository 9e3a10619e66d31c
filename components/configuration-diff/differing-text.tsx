import { escapeUnseen } from '@/lib/format/unseen'
import { differingPart } from './diff-words'

/** Longer texts are compared by eye: marking a part of them would be most of them. */
const MARKED_MAX = 2_000

/** One side of two texts, the part in which they differ on a ground of its own. `other` null: there is nothing beside it. */
export function DifferingText({ text, other, side }: { text: string; other: string | null; side: 'before' | 'after' }) {
  if (other === null || text.length > MARKED_MAX || other.length > MARKED_MAX) return escapeUnseen(text)
  const { start, beforeEnd, afterEnd } = side === 'before' ? differingPart(text, other) : differingPart(other, text)
  const end = side === 'before' ? beforeEnd : afterEnd
  if (end <= start || (start === 0 && end === text.length)) return escapeUnseen(text)
  return (
    <>
      {escapeUnseen(text.slice(0, start))}
      <mark className="rounded-xs bg-line text-inherit">{escapeUnseen(text.slice(start, end))}</mark>
      {escapeUnseen(text.slice(end))}
    </>
  )
}
