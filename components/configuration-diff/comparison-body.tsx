'use client'
import { useRef } from 'react'
import { useSingleKey } from '@/components/firewalls/detail/use-single-key'
import { Kbd } from '@/components/ui/kbd'
import { SearchInput } from '@/components/ui/search-input'
import type { Comparison } from '@/lib/configuration/dto'
import { formatCount } from '@/lib/format/numbers'
import { cn } from '@/lib/core/cn'
import { totalOf } from './diff-words'
import { ItemList } from './item-list'
import { LookSwitch } from './look-switch'
import { RawList } from './raw-list'
import { SectionNav } from './section-nav'
import type { CompareView } from './use-compare-view'

type ComparisonBodyProps = { comparison: Comparison; view: CompareView; hrefOf: (item: string) => string | null }

/** Parts at the left, what differs in them at the right: by item, or line by line. */
export function ComparisonBody({ comparison, view, hrefOf }: ComparisonBodyProps) {
  const search = useRef<HTMLInputElement>(null)
  const byItem = view.tab === 'items'
  useSingleKey('/', () => search.current?.focus())
  useSingleKey('u', () => view.setTab(byItem ? 'lines' : 'items'))
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] border-t border-line-2 lg:grid-cols-[14rem_minmax(0,1fr)]">
      <SectionNav comparison={comparison} chosen={view.section} onChoose={view.setSection} />
      <div className="min-w-0 border-line lg:border-l">
        <div className="sticky top-12 z-10 flex min-h-11 flex-wrap items-center gap-x-4 gap-y-2 border-b border-line-2 bg-surface px-5 max-md:static max-md:px-4 max-md:py-2">
          <div role="group" aria-label="How differences are shown" className="flex gap-5 self-stretch">
            <ViewButton on={byItem} onClick={() => view.setTab('items')} word="By item" count={formatCount(totalOf(comparison.counts))} />
            <ViewButton on={!byItem} onClick={() => view.setTab('lines')} word="Line by line" />
          </div>
          <span className="ml-auto flex flex-wrap items-center gap-3 py-1.5 max-md:ml-0 max-md:w-full">
            {byItem ? (
              <SearchInput
                label="Find in what differs"
                placeholder="Label, path or value"
                value={view.search}
                onChange={view.setSearch}
                inputRef={search}
                className="w-56 max-md:w-full"
              >
                <Kbd>/</Kbd>
              </SearchInput>
            ) : (
              <LookSwitch look={view.look} onChange={view.setLook} />
            )}
            <span className="flex items-center gap-1.5 text-xs text-text-3 max-lg:hidden">
              <Kbd>n</Kbd>
              <Kbd>p</Kbd> next, previous
            </span>
          </span>
        </div>
        {byItem ? (
          <ItemList
            comparison={comparison}
            section={view.section}
            search={view.search}
            item={view.item}
            onItem={view.setItem}
            onClear={() => (view.search === '' ? view.setSection(null) : view.setSearch(''))}
            hrefOf={hrefOf}
          />
        ) : (
          <RawList
            key={view.section ?? ''}
            comparison={comparison}
            section={view.section}
            look={view.look}
            onItems={(section) => {
              view.setSection(section)
              view.setTab('items')
            }}
          />
        )}
      </div>
    </div>
  )
}

function ViewButton({ on, onClick, word, count }: { on: boolean; onClick: () => void; word: string; count?: string }) {
  return (
    <button
      type="button"
      aria-pressed={on}
      onClick={onClick}
      className={cn(
        'flex h-11 items-center gap-1.5 border-b-2 whitespace-nowrap',
        on ? 'border-text font-semibold text-text' : 'border-transparent text-text-2 hover:text-text',
      )}
    >
      {word}
      {count !== undefined && <span className="text-xs font-normal text-text-3">{count}</span>}
    </button>
  )
}
