'use client'
import { Part } from '@/components/settings/part'
import { StoredIntervals } from './stored-intervals'

/** How often firewalls are visited, unless a customer or a firewall decides otherwise. */
export function VisitsPage() {
  return (
    <>
      <h2 className="sr-only">Visits</h2>
      <Part
        id="intervals"
        title="How often firewalls are visited"
        about="The shortest interval sets the pace; what is read less often rides along at the visit nearest to its time. A customer, and a single firewall, may decide otherwise."
      >
        <StoredIntervals of={{ level: 'installation' }} otherwise="by default" reason={null} />
      </Part>
    </>
  )
}
