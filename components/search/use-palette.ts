'use client'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { History } from 'lucide-react'
import { useState } from 'react'
import { useSettled } from '@/components/ui/use-settled'
import { searchQueries } from '@/lib/queries/search'
import { useMe } from '@/lib/queries/use-me'
import { destinationsFor } from './destinations'
import { destinationItems, foundGroups, type PaletteGroup } from './palette-items'
import { readRecent } from './recent'

const SETTLED_MS = 120

/** What is typed, and what there is to choose. Older results stay until newer ones are there; what is asked no more is never shown. */
export function usePalette(customerId: string | null) {
  const me = useMe()
  const [typed, setTyped] = useState('')
  const [recent] = useState(() => (me === undefined ? [] : readRecent(me.id)))
  const onlyActs = typed.startsWith('>')
  const text = (onlyActs ? typed.slice(1) : typed).trim()
  const settled = useSettled(onlyActs ? '' : text, SETTLED_MS)
  const found = useQuery({ ...searchQueries.quick({ q: text === '' ? '' : settled, customerId }), placeholderData: keepPreviousData })
  const shown = onlyActs || text === '' ? undefined : found.data
  const go = destinationItems(me === undefined ? [] : destinationsFor(me.role), text)
  const goGroup: PaletteGroup[] = go.length === 0 ? [] : [{ title: 'Go to', items: go.slice(0, text === '' || onlyActs ? go.length : 4) }]
  const recentGroup: PaletteGroup[] =
    text === '' && !onlyActs && recent.length > 0
      ? [{ title: 'Opened last', items: recent.map(({ title, detail, href }) => ({ id: `recent ${href}`, icon: History, title, detail, href })) }]
      : []
  // A page whose name was typed comes first only when nothing of the fleet is called so.
  const foundOnes = shown === undefined ? [] : foundGroups(shown)
  const groups = [...recentGroup, ...foundOnes.filter(({ title }) => title !== 'Do'), ...goGroup, ...foundOnes.filter(({ title }) => title === 'Do')]
  const busy = !onlyActs && text !== '' && (settled !== text || found.isFetching)
  // A MAC may be typed in another notation than it is shown in.
  const marked = shown?.asked.text ?? text
  const error = shown === undefined && !onlyActs && text !== '' ? found.error : null
  return { typed, setTyped, text, marked, groups, busy, error, owner: me?.id ?? '' }
}
