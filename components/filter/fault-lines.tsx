import { TriangleAlert } from 'lucide-react'
import type { Fault } from './check-conditions'

/** What is wrong, each once, with the name of the field; the rest is asked all the same. */
export function FaultLines({ id, draft, ofConditions }: { id: string; draft: Fault | null; ofConditions: readonly (Fault | null)[] }) {
  const lines = [draft && { ...draft, leftOut: false }, ...ofConditions.map((fault) => fault && { ...fault, leftOut: true })]
    .flatMap((fault) => (fault ? [fault] : []))
    .filter((fault, place, all) => all.findIndex(({ field, message }) => field === fault.field && message === fault.message) === place)
  return (
    <div id={id} role="status">
      {lines.length > 0 && (
        <ul>
          {lines.map(({ field, message, leftOut }) => (
            <li key={`${field} ${message}`} className="flex items-start gap-1.5 pt-1 text-xs text-bad">
              <TriangleAlert aria-hidden size={12} className="mt-0.5 shrink-0" />
              <span className="min-w-0 break-words">
                <span className="font-mono">{field}</span>: {message}
                {leftOut && ' It is left out until it is corrected.'}
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
