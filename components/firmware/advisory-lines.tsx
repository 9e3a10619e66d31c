import type { ReactNode } from 'react'
import { LookWord } from '@/components/firewalls/detail/looks'
import type { AdvisoryDto } from '@/lib/advisories/dto'
import { plural } from '@/lib/format/numbers'
import { shortVersion } from '@/lib/format/versions'
import { SEVERITY_LOOKS } from './severity-looks'

/** Advisories as their file has them, each with the address where it was published. Everything is shown as text. */
export function AdvisoryLines<T extends AdvisoryDto>({ items, more }: { items: readonly T[]; more?: (advisory: T) => ReactNode }) {
  return (
    <ul className="flex flex-col">
      {items.map((advisory) => (
        <li key={advisory.id} className="flex flex-wrap items-baseline gap-x-4 gap-y-0.5 border-t border-line py-1.5">
          <span className="w-24 shrink-0">
            <LookWord look={SEVERITY_LOOKS[advisory.severity]} />
          </span>
          <span className="min-w-0 flex-1 basis-64 break-words">{advisory.title}</span>
          {more?.(advisory)}
          <span className="text-text-2">{fixedWords(advisory.fixedIn)}</span>
          <a href={advisory.source} target="_blank" rel="noreferrer noopener" title={advisory.source} className="inline-flex min-h-6 max-w-48 items-center truncate text-act hover:underline">
            {advisory.id}
          </a>
          <time dateTime={advisory.date} className="text-xs text-text-3 tabular-nums">
            {advisory.date}
          </time>
        </li>
      ))}
    </ul>
  )
}

const fixedWords = (fixedIn: readonly string[]): string => (fixedIn.length === 0 ? 'no fix is known' : `fixed in ${fixedIn.map(shortVersion).join(', ')}`)

/** `2 advisories`, said with the worst of them. */
export const countWords = (count: number): string => plural(count, 'advisory', 'advisories')
