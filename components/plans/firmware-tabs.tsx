'use client'
import { useCustomerScope } from '@/components/layout/customer-scope'
import { LinkTabs } from '@/components/ui/tabs'

/** What the sidebar shows below Firmware, where it has no room for it. */
export function FirmwareTabs() {
  const { customerId } = useCustomerScope()
  return (
    <div className="xl:hidden">
      <LinkTabs
        label="Firmware"
        query={customerId === null ? '' : `?customer=${customerId}`}
        items={[
          { href: '/firmware/plans', label: 'Plans' },
          { href: '/firmware/calendar', label: 'Calendar' },
          { href: '/firmware/versions', label: 'Versions' },
        ]}
      />
    </div>
  )
}
