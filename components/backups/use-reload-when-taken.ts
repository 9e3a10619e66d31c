'use client'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { backupQueries } from '@/lib/queries/backups'
import { driftQueries } from '@/lib/queries/drift'

/** When a backup ends while the page is open, the lists that it may stand in are looked at again. */
export function useReloadWhenTaken(finishedAt: string | null): void {
  const client = useQueryClient()
  const known = useRef(finishedAt)
  useEffect(() => {
    if (finishedAt === known.current) return
    known.current = finishedAt
    if (finishedAt !== null) for (const queryKey of [backupQueries.all(), driftQueries.all()]) void client.invalidateQueries({ queryKey })
  }, [client, finishedAt])
}
