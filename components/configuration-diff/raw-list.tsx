'use client'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useSingleKey } from '@/components/firewalls/detail/use-single-key'
import { Button } from '@/components/ui/button'
import { Empty } from '@/components/ui/empty'
import { LoadMore } from '@/components/ui/load-more'
import { Notice } from '@/components/ui/notice'
import { ProblemNotice } from '@/components/ui/problem'
import { SkeletonRows } from '@/components/ui/skeleton'
import { usePhone } from '@/components/ui/use-media'
import { VirtualList } from '@/components/ui/virtual-list'
import type { Comparison } from '@/lib/configuration/dto'
import { SECTION_TITLES, type SectionName } from '@/lib/configuration/words'
import { compareQueries } from '@/lib/queries/compare'
import { RawLine } from './raw-line'
import { firstRows, rawRows, type RawLook, type RawRow } from './raw-rows'

const STUCK_PX = 48 + 44
const LINE_PX = 20
const HEADING_PX = 37
const heightOf = ({ kind }: RawRow): number => (kind === 'section' ? HEADING_PX : kind === 'gap' ? 26 : LINE_PX)

type RawListProps = { comparison: Comparison; section: SectionName | null; look: RawLook; onItems: (section: SectionName) => void }

/** The same differences line by line, secrets as marks. `n` and `p` go from one stretch to the next. */
export function RawList({ comparison: { before, after }, section, look, onItems }: RawListProps) {
  const phone = usePhone()
  const list = useInfiniteQuery(compareQueries.raw({ before: before.backupId, after: after.backupId, ...(section !== null && { section }) }))
  // Two columns do not fit on a phone.
  const shownLook = phone ? 'unified' : look
  const rows = useMemo(() => rawRows(list.data?.pages.flatMap(({ hunks }) => hunks) ?? [], shownLook), [list.data, shownLook])
  const stops = useMemo(() => firstRows(rows), [rows])
  const [active, setActive] = useState<string | null>(null)
  const more = (): void => {
    if (list.hasNextPage && !list.isFetchingNextPage) void list.fetchNextPage()
  }
  const move = (step: number): void => {
    const at = active === null ? -1 : stops.indexOf(active)
    const next = stops[at < 0 ? 0 : Math.min(Math.max(at + step, 0), stops.length - 1)]
    if (next !== undefined) setActive(next)
    if (at + step >= stops.length - 1) more()
  }
  useSingleKey('n', () => move(1))
  useSingleKey('p', () => move(-1))

  if (list.error) return <ProblemNotice error={list.error} retry={() => void list.refetch()} className="m-5" />
  if (list.data === undefined) return <SkeletonRows rows={16} columns={1} />
  const coarse = [...new Set(list.data.pages.flatMap((page) => page.coarse))]
  return (
    <>
      {coarse.length > 0 && <Coarse sections={coarse} onItems={onItems} />}
      {rows.length === 0 && coarse.length === 0 && (
        <Empty title="No line differs.">Things changed their places only, or what differs does not show in the text.</Empty>
      )}
      <VirtualList
        label="Lines that differ"
        rows={rows}
        rowKey={(row) => row.key}
        estimate={heightOf}
        activeKey={active}
        paddingTop={STUCK_PX}
        render={(row) => <RawLine row={row} active={row.key === active} />}
      />
      <LoadMore more={list.hasNextPage} busy={list.isFetchingNextPage} onMore={more} what="lines" />
    </>
  )
}

function Coarse({ sections, onItems }: { sections: readonly SectionName[]; onItems: (section: SectionName) => void }) {
  const [first] = sections
  return (
    <Notice
      tone="plain"
      className="m-5 max-md:m-4"
      title={`Too much differs for lines: ${sections.map((section) => SECTION_TITLES[section]).join(', ')}.`}
      actions={first !== undefined && <Button size="sm" onClick={() => onItems(first)}>{`Show ${SECTION_TITLES[first]} by item`}</Button>}
    >
      These parts were compared item by item instead.
    </Notice>
  )
}
