'use client'
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useCustomerScope } from '@/components/layout/customer-scope'
import { Dialog } from '@/components/ui/dialog'
import { ProblemNotice } from '@/components/ui/problem'
import { SkeletonRows } from '@/components/ui/skeleton'
import { windowQueries } from '@/lib/queries/windows'
import type { CalendarItem } from '@/lib/windows/dto'
import { WindowForm } from './window-form'

type WindowDialogProps = { id: string | null; customerId: string | null; /** Those with jobs in the opening that was chosen. */ plans: CalendarItem['plans']; onClose: () => void }

/** A maintenance window: new when no `id` is given, for the customer that the page is about. */
export function WindowDialog({ id, customerId, plans, onClose }: WindowDialogProps) {
  const { data, error, isPending } = useQuery({ ...windowQueries.one(id ?? ''), enabled: id !== null })
  const place = data && (data.firewall?.name ?? data.site?.name ?? data.customer.name)
  return (
    <Dialog open onOpenChange={(stays) => !stays && onClose()} title={id === null ? 'New window' : (data?.name ?? 'Window')} description={place === undefined ? 'When firewalls may be updated. The narrowest that there is counts: of a firewall, else of its site, else of its customer.' : `When ${place} may be updated.`}>
      <Plans plans={plans} />
      <ProblemNotice error={error} />
      {id !== null && isPending && <SkeletonRows rows={6} columns={2} />}
      {/* Another version that is stored meanwhile must not take away what was typed: the form decides. */}
      {(id === null || data) && <WindowForm key={data?.id} stored={data ?? null} customerId={customerId} onClose={onClose} />}
    </Dialog>
  )
}

/** The way from an opening to what is planned in it. */
function Plans({ plans }: Pick<WindowDialogProps, 'plans'>) {
  const { within } = useCustomerScope()
  if (plans.length === 0) return null
  return (
    <section aria-label="Plans with jobs in this opening">
      <p className="text-xs font-medium text-text-2">Jobs in this opening are of</p>
      <ul className="mt-1 flex flex-col gap-1">
        {plans.map(({ id, name }) => (
          <li key={id}>
            <Link href={within(`/firmware/plans/${id}`)} className="text-act hover:underline max-md:flex max-md:min-h-11 max-md:items-center">
              {name}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
