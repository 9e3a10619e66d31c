'use client'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { firewallQueries } from '@/lib/queries/firewalls'

/** When a check ends while the page is open, everything that hangs off the firewall is looked at again. */
export function useReloadWhenDone(id: string, finishedAt: string | null): void {
  const client = useQueryClient()
  const known = useRef<string | null | undefined>(undefined)
  useEffect(() => {
    const before = known.current
    known.current = finishedAt
    if (before !== undefined && finishedAt !== null && finishedAt !== before) void client.invalidateQueries({ queryKey: firewallQueries.of(id) })
  }, [client, id, finishedAt])
}
