'use client'
import { useSearchParams } from 'next/navigation'
import { useState } from 'react'
import { useLanguage } from '@/components/filter/use-language'
import { useCustomerScope } from '@/components/layout/customer-scope'
import { apiQuery, countQuery, readView, writeAddress, type FleetView } from './fleet-filter'

/** The address is the view: every change is written there, and nothing else keeps it. `query` is what the API is asked for: conditions that it would refuse are left out, once it is `ready`. */
export function useFleetView(): { view: FleetView; change: (change: Partial<FleetView>) => void; query: string; counts: string; ready: boolean } {
  const view = readView(new URLSearchParams(useSearchParams()))
  const { customerId } = useCustomerScope()
  const { language, absent } = useLanguage(view.conditions.length > 0)
  const asked = { ...view, conditions: language?.checkConditions('firewalls', view.conditions).valid ?? view.conditions }
  const change = (part: Partial<FleetView>): void => {
    const now = new URLSearchParams(window.location.search)
    const address = `/firewalls${writeAddress({ ...readView(now), ...part }, now)}`
    window.history.replaceState(null, '', address)
  }
  const ready = view.conditions.length === 0 || language !== null || absent
  return { view, change, query: apiQuery(asked, customerId), counts: countQuery(asked, customerId), ready }
}

export type Selection = {
  ids: ReadonlySet<string>
  /** All that match, also those that are not loaded. */
  all: boolean
  toggle: (id: string) => void
  choose: (ids: readonly string[]) => void
  chooseAll: () => void
  clear: () => void
}

const NONE = { ids: new Set<string>(), all: false } as const

/** Chosen rows. They belong to one question; another one begins with none. */
export function useSelection(query: string): Selection {
  const [of, setOf] = useState(query)
  const [{ ids, all }, set] = useState<{ ids: ReadonlySet<string>; all: boolean }>(NONE)
  if (of !== query) {
    setOf(query)
    set(NONE)
  }
  return {
    ids,
    all,
    toggle: (id) =>
      set((before) => {
        const next = new Set(before.ids)
        if (!next.delete(id)) next.add(id)
        return { ids: next, all: false }
      }),
    choose: (chosen) => set({ ids: new Set(chosen), all: false }),
    chooseAll: () => set((before) => ({ ids: before.ids, all: true })),
    clear: () => set(NONE),
  }
}
