'use client'
import { useQuery } from '@tanstack/react-query'
import { firmwareQueries } from '@/lib/queries/firmware'
import { AdvisoryLines } from './advisory-lines'

/** In a preview: what advisories say about the version that the firewall runs now. Without one, or without a file of them, nothing. */
export function OfferAdvisories({ firewallId }: { firewallId: string }) {
  const { data } = useQuery(firmwareQueries.advisoriesOf(firewallId))
  if (!data || data.items.length === 0) return null
  return (
    <section aria-label="Advisories about the version that runs" className="max-w-4xl">
      <h3 className="text-xs font-medium text-text-2">Advisories about the version that runs</h3>
      <AdvisoryLines items={data.items} />
    </section>
  )
}
