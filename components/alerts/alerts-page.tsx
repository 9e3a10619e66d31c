'use client'
import { useQuery } from '@tanstack/react-query'
import { BellOff, CircleQuestionMark, Settings2 } from 'lucide-react'
import { useState } from 'react'
import { useCustomerScope } from '@/components/layout/customer-scope'
import { PageHeader } from '@/components/layout/page-header'
import { Button } from '@/components/ui/button'
import { ButtonLink } from '@/components/ui/button-link'
import { KeysDialog } from '@/components/ui/keys-dialog'
import { roleMay } from '@/lib/auth/roles'
import { alertQueries } from '@/lib/queries/alerts'
import { useMe } from '@/lib/queries/use-me'
import { Inbox } from './inbox'
import { TRIAGE_KEYS } from './use-triage-keys'

/** What is wrong, worst first, and who looks after it. */
export function AlertsPage() {
  const me = useMe()
  const { customerId, within } = useCustomerScope()
  const counts = useQuery(alertQueries.counts(customerId)).data
  const [keysOpen, setKeysOpen] = useState(false)
  return (
    <>
      <PageHeader title="Alerts">
        <Button variant="quiet" shape="icon" icon={CircleQuestionMark} aria-label="Keys" onClick={() => setKeysOpen(true)} className="text-text-2 max-md:hidden" />
        <ButtonLink href={within('/alerts/silences')} icon={BellOff} aria-label="Silences">
          <span className="max-md:sr-only">Silences</span>
        </ButtonLink>
        {me !== undefined && roleMay(me.role, 'alert:manage') && (
          <ButtonLink href={within('/settings/alert-rules')} icon={Settings2} className="max-lg:hidden">
            Rules
          </ButtonLink>
        )}
      </PageHeader>
      <Inbox counts={counts} onKeys={() => setKeysOpen(true)} />
      <KeysDialog keys={TRIAGE_KEYS} open={keysOpen} onOpenChange={setKeysOpen} />
    </>
  )
}
