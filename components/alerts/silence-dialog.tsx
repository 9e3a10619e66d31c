'use client'
import { SilenceForm, type SilenceChoice } from '@/components/silences/silence-form'
import { Dialog } from '@/components/ui/dialog'
import type { AlertDto } from '@/lib/alerts/dto'

function choicesOf({ kind, title, firewall, site, customer }: AlertDto): readonly [SilenceChoice, ...SilenceChoice[]] {
  return [
    { label: `“${title}” at ${firewall.name}`, place: { firewallId: firewall.id, kind } },
    { label: `Everything at ${firewall.name}`, place: { firewallId: firewall.id } },
    ...(site ? [{ label: `Everything at ${site.name}`, place: { siteId: site.id } }] : []),
    { label: `“${title}” at all firewalls of ${customer.name}`, place: { customerId: customer.id, kind } },
    { label: `Everything of ${customer.name}`, place: { customerId: customer.id } },
  ]
}

/** Quiet for a while, from an alert: two keys are enough. */
export function SilenceDialog({ alert, onClose }: { alert: AlertDto; onClose: () => void }) {
  return (
    <Dialog open onOpenChange={(stays) => !stays && onClose()} title="Silence for a while" description="It is still seen and counted here; channels are told nothing until it ends.">
      <SilenceForm choices={choicesOf(alert)} reason={alert.sentence} onClose={onClose} onDone={onClose} />
    </Dialog>
  )
}
