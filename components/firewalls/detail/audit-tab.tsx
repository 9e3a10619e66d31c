'use client'
import { AuditLog } from '@/components/audit/audit-log'
import { useFirewall } from './firewall-context'

export function AuditTab() {
  const { firewall } = useFirewall()
  return (
    <section aria-label="Audit of this firewall">
      <h2 className="sr-only">Audit</h2>
      <AuditLog firewallId={firewall.id} />
    </section>
  )
}
