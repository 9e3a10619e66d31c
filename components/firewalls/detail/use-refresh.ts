'use client'
import { useMutation } from '@tanstack/react-query'
import type { ReadKind } from '@/lib/adapters/model'
import { firewallMutations } from '@/lib/queries/firewalls'

export type Refresh = { busy: boolean; error: Error | null; run: () => void }

/** Asks this firewall for one kind of reading now. */
export function useRefresh(kind: ReadKind, id: string): Refresh {
  const { isPending, error, mutate } = useMutation(firewallMutations.refreshReading(kind))
  return { busy: isPending, error, run: () => mutate({ id }) }
}
