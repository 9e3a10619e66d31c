'use client'
import { Notice } from '@/components/ui/notice'
import type { RefreshResult } from '@/lib/firewalls/dto'
import { KIND_WORDS } from '../kind-words'

/** How a refresh of everything ended; parts that did not answer are named, each with its reason. */
export function RefreshOutcome({ result: { asked, answered, failures } }: { result: RefreshResult }) {
  if (failures.length === 0) {
    return (
      <p role="status" className="sr-only">
        All {answered} readings are new.
      </p>
    )
  }
  return (
    <Notice tone="warn" role="status" title={`${asked} readings were asked for, ${failures.length} did not come.`}>
      <details>
        <summary className="w-fit text-act">Show the {failures.length}</summary>
        <ul className="mt-1 flex flex-col gap-1">
          {failures.map(({ kind, problem }) => (
            <li key={kind}>
              <span className="font-medium text-text">{KIND_WORDS[kind]}</span>: {problem.message} {problem.nextStep}
            </li>
          ))}
        </ul>
      </details>
    </Notice>
  )
}
