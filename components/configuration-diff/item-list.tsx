'use client'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useMemo } from 'react'
import { useSingleKey } from '@/components/firewalls/detail/use-single-key'
import { Button } from '@/components/ui/button'
import { Empty } from '@/components/ui/empty'
import { LoadMore } from '@/components/ui/load-more'
import { ProblemNotice } from '@/components/ui/problem'
import { SkeletonRows } from '@/components/ui/skeleton'
import { useSettled } from '@/components/ui/use-settled'
import { VirtualList } from '@/components/ui/virtual-list'
import type { Comparison, ItemChange } from '@/lib/configuration/dto'
import type { SectionName } from '@/lib/configuration/words'
import { plural } from '@/lib/format/numbers'
import { compareQueries } from '@/lib/queries/compare'
import { countWords } from './diff-words'
import { ItemRow } from './item-row'

type Row = { kind: 'section'; key: string; title: string; words: string } | { kind: 'item'; key: string; item: ItemChange }

/** What sticks above the list: the header of the page and the bar of the tabs. */
const STUCK_PX = 48 + 44
const HEADING_PX = 36
const ITEM_PX = 84
const VALUE_PX = 20

const heightOf = (row: Row): number => (row.kind === 'section' ? HEADING_PX : ITEM_PX + Math.min(row.item.values.length, 8) * VALUE_PX)

function withSections(items: readonly ItemChange[], { sections }: Comparison): Row[] {
  let last: SectionName | null = null
  return items.flatMap((item): Row[] => {
    const row: Row = { kind: 'item', key: item.id, item }
    if (item.section === last) return [row]
    last = item.section
    const section = sections.find((each) => each.section === item.section)
    return [{ kind: 'section', key: `section ${item.section}`, title: section?.title ?? item.section, words: section ? countWords(section.counts) : '' }, row]
  })
}

type ItemListProps = {
  comparison: Comparison
  section: SectionName | null
  search: string
  item: string | null
  onItem: (id: string | null) => void
  onClear: () => void
  /** Address of one item, for its link. */
  hrefOf: (id: string) => string | null
}

/** Every thing that differs, under its part of the configuration. `n` and `p` go from one to the next. */
export function ItemList({ comparison, section, search, item, onItem, onClear, hrefOf }: ItemListProps) {
  const asked = useSettled(search.trim())
  const { before, after } = comparison
  const list = useInfiniteQuery({
    ...compareQueries.items({ before: before.backupId, after: after.backupId, ...(section !== null && { section }), ...(asked !== '' && { search: asked }) }),
    placeholderData: keepPreviousData,
  })
  const items = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data])
  const rows = useMemo(() => withSections(items, comparison), [items, comparison])
  const more = (): void => {
    if (list.hasNextPage && !list.isFetchingNextPage) void list.fetchNextPage()
  }
  // A link may lead to an item that is not loaded yet.
  const wanted = item !== null && !items.some(({ id }) => id === item)
  const loadMore = useEffectEvent(more)
  useEffect(() => {
    if (wanted) loadMore()
  }, [wanted, items])

  const move = (step: number): void => {
    const at = items.findIndex(({ id }) => id === item)
    const next = items[at < 0 ? 0 : Math.min(Math.max(at + step, 0), items.length - 1)]
    if (next) onItem(next.id)
    if (at + step >= items.length - 1) more()
  }
  useSingleKey('n', () => move(1))
  useSingleKey('p', () => move(-1))

  if (list.error) return <ProblemNotice error={list.error} retry={() => void list.refetch()} className="m-5" />
  if (list.data === undefined) return <SkeletonRows rows={8} columns={3} rowHeight={60} />
  if (items.length === 0) return <NoItem search={asked} onClear={onClear} />
  return (
    <>
      <p role="status" className={asked === '' ? 'sr-only' : 'px-5 pt-2 text-xs text-text-2 max-md:px-4'}>
        {plural(list.data.pages[0]?.total ?? items.length, 'thing', 'things')} {asked === '' ? 'listed' : `with “${asked}”`}
      </p>
      <VirtualList
        label="What differs"
        rows={rows}
        rowKey={(row) => row.key}
        estimate={heightOf}
        activeKey={item}
        paddingTop={STUCK_PX}
        render={(row) =>
          row.kind === 'section' ? (
            <h2 className="flex min-h-9 items-baseline gap-2 border-b border-line-2 bg-sunken px-5 py-2 font-semibold max-md:px-4">
              {row.title} <span className="text-xs font-normal text-text-3">{row.words}</span>
            </h2>
          ) : (
            <ItemRow item={row.item} active={row.key === item} href={hrefOf(row.key)} onActive={() => onItem(row.key)} />
          )
        }
      />
      <LoadMore more={list.hasNextPage} busy={list.isFetchingNextPage} onMore={more} what="of them" />
    </>
  )
}

function NoItem({ search, onClear }: { search: string; onClear: () => void }) {
  return (
    <Empty title="Nothing matches." action={<Button onClick={onClear}>{search === '' ? 'Show all parts' : `Remove the filter “${search}”`}</Button>}>
      {search === '' ? 'Nothing differs in this part.' : 'No label, path or value of what differs contains it. Secrets are never searched.'}
    </Empty>
  )
}
