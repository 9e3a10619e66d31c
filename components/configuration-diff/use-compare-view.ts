'use client'
import { useUrlParam } from '@/components/firewalls/detail/use-url-param'
import { isSectionName, type SectionName } from '@/lib/configuration/words'

/** What is shown of a comparison, as the address holds it: which tab and section, which item, which text is looked for. */
export function useCompareView() {
  const [tab, setTab] = useUrlParam('tab')
  const [section, setSection] = useUrlParam('section')
  const [item, setItem] = useUrlParam('item')
  const [search, setSearch] = useUrlParam('search')
  const [look, setLook] = useUrlParam('look')
  return {
    tab: tab === 'lines' ? ('lines' as const) : ('items' as const),
    setTab: (next: 'items' | 'lines') => setTab(next === 'items' ? '' : next),
    section: isSectionName(section) ? section : null,
    setSection: (next: SectionName | null) => {
      setItem('')
      setSection(next ?? '')
    },
    item: item === '' ? null : item,
    setItem: (next: string | null) => setItem(next ?? ''),
    search,
    setSearch: (text: string) => {
      setItem('')
      setSearch(text)
    },
    look: look === 'split' ? ('split' as const) : ('unified' as const),
    setLook: (next: 'unified' | 'split') => setLook(next === 'unified' ? '' : next),
  }
}
export type CompareView = ReturnType<typeof useCompareView>
