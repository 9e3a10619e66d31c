'use client'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useSettled } from '@/components/ui/use-settled'
import { plural } from '@/lib/format/numbers'
import { fieldQueries } from '@/lib/queries/fleet-lists'
import type { ListName } from '@/lib/query-language/fields'
import type { Language } from './language'
import type { KnownValue } from './suggest'

const NONE: readonly KnownValue[] = []

/** Values that stand on firewalls for the field that is being written, the commonest first. */
export function useKnownValues(language: Language | null, list: ListName, text: string, customerId: string | null): { values: readonly KnownValue[]; busy: boolean } {
  const settled = useSettled(text, 120)
  const wanted = language?.valuesWanted(list, text.trimStart()) ?? null
  const asked = language?.valuesWanted(list, settled.trimStart()) ?? null
  const { data, isFetching } = useQuery({
    ...fieldQueries.values(list, asked?.field ?? '', asked?.startsWith ?? '', customerId),
    enabled: asked !== null,
    placeholderData: keepPreviousData,
  })
  const fits = wanted !== null && asked?.field === wanted.field && data !== undefined && data.field === wanted.field
  const word = data?.counts === 'firewalls' ? 'firewall' : 'row'
  return {
    values: fits ? data.items.map(({ value, count }) => ({ value, note: `${data.truncated ? 'over ' : ''}${plural(count, word)}` })) : NONE,
    busy: isFetching,
  }
}
