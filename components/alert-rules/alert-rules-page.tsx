'use client'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { reasonWithout, roleAt } from '@/components/firewalls/detail/permissions'
import { useCustomerScope } from '@/components/layout/customer-scope'
import { useCustomerName } from '@/components/layout/customer-switcher'
import { ProblemNotice } from '@/components/ui/problem'
import { SkeletonRows } from '@/components/ui/skeleton'
import type { AlertRuleDto } from '@/lib/alert-rules/input'
import { roleMay } from '@/lib/auth/roles'
import { plural } from '@/lib/format/numbers'
import { alertRuleQueries } from '@/lib/queries/alert-rules'
import { useMe } from '@/lib/queries/use-me'
import { RuleDialog } from './rule-dialog'
import { RuleTable } from './rule-table'
import { isDecided } from './rule-words'

/** What is looked for: of the installation, or of the customer that the pages are about. */
export function AlertRulesPage() {
  const me = useMe()
  const { customerId } = useCustomerScope()
  const name = useCustomerName(customerId)
  const { data, error, isPending, refetch } = useQuery(alertRuleQueries.of(customerId))
  const [kind, setKind] = useState<AlertRuleDto['kind'] | null>(null)
  const everywhere = me?.scopes.some((scope) => scope.customerId === null && roleMay(scope.role, 'alert:manage')) === true
  const reason = me === undefined ? null : customerId !== null ? reasonWithout(roleAt(me, customerId), 'alert:manage') : everywhere ? null : 'This needs an admin of all customers. Choose a customer to decide for it alone.'
  const edited = data?.items.find((rule) => rule.kind === kind)
  const decided = data?.items.filter(isDecided).length ?? 0
  return (
    <>
      <h2 className="sr-only">Alert rules</h2>
      <div className="flex flex-col gap-1 px-5 py-4 max-md:px-4">
        <p className="text-base font-semibold">
          {customerId === null ? 'What is looked for at all firewalls' : `What is looked for at ${name}`}
          {data && `: ${decided === 0 ? (customerId === null ? 'the defaults' : 'as everywhere') : `${plural(decided, 'kind')} decided otherwise`}.`}
        </p>
        <p className="max-w-3xl text-text-2">
          {customerId === null ? 'A customer may decide otherwise: choose it in the customer switcher, and this page is about it alone.' : 'What is not decided here is as for all firewalls.'} Changes hold from the next look on, within a few minutes for what is open already.
        </p>
        {reason !== null && <p className="text-xs text-text-3">{reason}</p>}
      </div>
      <ProblemNotice error={error} retry={() => void refetch()} className="mx-5 my-3" />
      {isPending && <SkeletonRows rows={17} columns={4} rowHeight={40} />}
      {data && <RuleTable rules={data.items} ofCustomer={customerId !== null} reason={reason} onEdit={setKind} />}
      {edited && <RuleDialog key={`${edited.kind} ${edited.etag}`} rule={edited} customerId={customerId} onClose={() => setKind(null)} />}
    </>
  )
}
