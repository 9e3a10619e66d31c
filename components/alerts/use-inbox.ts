'use client'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useSearchParams } from 'next/navigation'
import { useMemo, useState } from 'react'
import { useCustomerScope } from '@/components/layout/customer-scope'
import { alertQueries } from '@/lib/queries/alerts'
import { readAlertView, toAlertFilter, writeAlertView, type AlertView } from './alert-view'
import { holdOrder, NOTHING_HELD } from './held-order'

const PATH = '/alerts'
const NONE: ReadonlySet<string> = new Set()

/** What the inbox shows: the view in the address, the rows in an order that stands still while somebody works, and which are chosen. */
export function useInbox() {
  const params = useSearchParams()
  const { customerId } = useCustomerScope()
  const view = readAlertView(params)
  const query = useInfiniteQuery({ ...alertQueries.list(toAlertFilter(view, customerId)), placeholderData: keepPreviousData })
  const question = JSON.stringify(toAlertFilter(view, customerId))
  const now = useMemo(() => query.data?.pages.flatMap(({ items }) => items) ?? [], [query.data])
  const [selected, setSelected] = useState<ReadonlySet<string>>(NONE)
  const [focused, setFocused] = useState(false)
  const [held, setHeld] = useState(NOTHING_HELD)
  const [of, setOf] = useState(question)
  // Another question begins anew, with nothing chosen.
  const asked = of === question
  const next = holdOrder(held, now, asked && (focused || selected.size > 0))
  if (!asked && !query.isPlaceholderData) {
    setOf(question)
    setSelected(NONE)
  }
  if (next !== held) setHeld(next)

  const change = (part: Partial<AlertView>): void => window.history.replaceState(null, '', PATH + writeAlertView(window.location.search, part))
  // The address follows a moment later, and a key may come before it.
  const [openId, setOpenId] = useState(() => params.get('alert'))
  const open = (id: string): void => {
    setOpenId(id)
    const search = new URLSearchParams(window.location.search)
    search.set('alert', id)
    window.history.replaceState(null, '', `${PATH}?${search.toString()}`)
  }
  return {
    view,
    change,
    query,
    question,
    rows: next.rows,
    waiting: next.waiting,
    showWaiting: () => setHeld(holdOrder(NOTHING_HELD, now, false)),
    selected,
    toggle: (id: string) =>
      setSelected((before) => {
        const chosen = new Set(before)
        if (!chosen.delete(id)) chosen.add(id)
        return chosen
      }),
    clear: () => setSelected(NONE),
    setFocused,
    openId,
    open,
  }
}
export type Inbox = ReturnType<typeof useInbox>
