'use client'
import { cn } from '@/lib/core/cn'
import type { ChangeCounts, Comparison } from '@/lib/configuration/dto'
import type { SectionName } from '@/lib/configuration/words'
import { formatCount } from '@/lib/format/numbers'
import { countWords, totalOf } from './diff-words'

type SectionNavProps = { comparison: Comparison; chosen: SectionName | null; onChoose: (section: SectionName | null) => void }

/** Which parts of the configuration differ, and by how much. A choice shows one of them; chosen again it shows all. */
export function SectionNav({ comparison: { sections, counts }, chosen, onChoose }: SectionNavProps) {
  return (
    <nav
      aria-label="Parts that differ"
      className="flex min-w-0 flex-col gap-0.5 px-3 py-3 max-lg:flex-row max-lg:overflow-x-auto max-lg:py-2 lg:sticky lg:top-12 lg:max-h-[calc(100dvh-3rem)] lg:self-start lg:overflow-y-auto"
    >
      <SectionButton title="All parts" counts={counts} on={chosen === null} onClick={() => onChoose(null)} />
      {sections.map(({ section, title, counts: ofSection }) => (
        <SectionButton key={section} title={title} counts={ofSection} on={chosen === section} onClick={() => onChoose(chosen === section ? null : section)} />
      ))}
    </nav>
  )
}

function SectionButton({ title, counts, on, onClick }: { title: string; counts: ChangeCounts; on: boolean; onClick: () => void }) {
  return (
    <button
      type="button"
      aria-pressed={on}
      onClick={onClick}
      className={cn(
        'grid shrink-0 grid-cols-[minmax(0,1fr)_auto] items-baseline gap-x-2 rounded-md px-2 py-1 text-left hover:bg-hover max-lg:flex max-lg:min-h-9 max-lg:items-center max-lg:border max-lg:border-line-2 max-md:min-h-11',
        on && 'bg-hover font-semibold max-lg:border-control',
      )}
    >
      <span className="min-w-0 truncate font-medium">{title}</span>
      <span className="text-text-2">{formatCount(totalOf(counts))}</span>
      <span className="col-span-2 truncate text-xs font-normal text-text-3 max-lg:hidden">{countWords(counts)}</span>
    </button>
  )
}
