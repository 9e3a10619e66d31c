'use client'
import { useQuery } from '@tanstack/react-query'
import { Dialog } from '@/components/ui/dialog'
import { ProblemNotice } from '@/components/ui/problem'
import { SkeletonRows } from '@/components/ui/skeleton'
import { windowQueries } from '@/lib/queries/windows'
import type { BlackoutDto } from '@/lib/windows/dto'
import { WindowForm } from './window-form'

/** A maintenance window: new when no `id` is given, for the customer that the page is about. */
export function WindowDialog({ id, customerId, blackouts, onClose }: { id: string | null; customerId: string | null; blackouts: readonly BlackoutDto[]; onClose: () => void }) {
  const { data, error, isPending } = useQuery({ ...windowQueries.one(id ?? ''), enabled: id !== null })
  const place = data && (data.firewall?.name ?? data.site?.name ?? data.customer.name)
  return (
    <Dialog open onOpenChange={(stays) => !stays && onClose()} title={id === null ? 'New window' : (data?.name ?? 'Window')} description={place === undefined ? 'When firewalls may be updated. The narrowest that there is counts: of a firewall, else of its site, else of its customer.' : `When ${place} may be updated.`}>
      <ProblemNotice error={error} />
      {id !== null && isPending && <SkeletonRows rows={6} columns={2} />}
      {(id === null || data) && <WindowForm key={data?.etag} stored={data ?? null} customerId={customerId} blackouts={blackouts} onClose={onClose} />}
    </Dialog>
  )
}
