'use client'
import { useQuery } from '@tanstack/react-query'
import { useSingleKey } from '@/components/firewalls/detail/use-single-key'
import { useCustomerScope } from '@/components/layout/customer-scope'
import { PageHeader } from '@/components/layout/page-header'
import { ButtonLink } from '@/components/ui/button-link'
import { Empty } from '@/components/ui/empty'
import { ProblemNotice } from '@/components/ui/problem'
import { SkeletonRows } from '@/components/ui/skeleton'
import { roleMay } from '@/lib/auth/roles'
import { ApiError } from '@/lib/core/api-error'
import { alertQueries } from '@/lib/queries/alerts'
import { useMe } from '@/lib/queries/use-me'
import { ActDialogs } from './act-dialogs'
import { AlertButtons } from './alert-buttons'
import { AlertDetail } from './alert-detail'
import { useAlertActs } from './use-alert-acts'

/** One alert on a page of its own: where links of notices lead, and what a phone shows. */
export function AlertPage({ id }: { id: string }) {
  const { within } = useCustomerScope()
  const { data: alert, error, isPending, refetch } = useQuery(alertQueries.one(id))
  const acts = useAlertActs(() => undefined)
  const me = useMe()
  const may = me !== undefined && roleMay(me.role, 'alert:act')
  useSingleKey('a', () => may && alert?.state === 'open' && acts.ask({ act: 'acknowledge', alerts: [alert] }))
  useSingleKey('s', () => may && alert && alert.state !== 'resolved' && acts.ask({ act: 'silence', alerts: [alert] }))
  useSingleKey('n', () => may && alert && acts.ask({ act: 'note', alerts: [alert] }))
  useSingleKey('u', () => may && alert?.state === 'acknowledged' && acts.undo([alert.id]))
  const gone = error instanceof ApiError && error.code === 'not-found'
  return (
    <>
      <PageHeader title={alert?.title ?? 'Alert'} crumbs={[{ label: 'Alerts', href: within('/alerts') }]} />
      {gone ? (
        <Empty title="There is no such alert" action={<ButtonLink href={within('/alerts')}>To all alerts</ButtonLink>}>
          It may be older than what is kept, or belong to a customer that you may not see.
        </Empty>
      ) : (
        <ProblemNotice error={error} retry={() => void refetch()} className="mx-5 my-3" />
      )}
      {isPending && <SkeletonRows rows={8} columns={2} rowHeight={40} />}
      {alert && (
        <div className="max-w-4xl px-5 py-4 max-md:px-4 max-md:pb-20">
          <AlertDetail alert={alert} buttons={<div className="contents max-md:hidden"><AlertButtons alert={alert} acts={acts} /></div>} />
          <div className="fixed inset-x-0 bottom-[calc(56px+env(safe-area-inset-bottom))] z-20 flex gap-2 border-t border-line-2 bg-surface px-4 py-2 md:hidden">
            <AlertButtons alert={alert} acts={acts} />
          </div>
        </div>
      )}
      <ActDialogs acts={acts} />
    </>
  )
}
