'use client'
import { CirclePause, CirclePlay, Ellipsis, Settings, Trash2 } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Menu } from '@/components/ui/menu'
import { useFirewall } from '../firewall-context'
import { reasonWithout } from '../permissions'
import { PauseDialog } from './pause-dialog'
import { RemoveDialog } from './remove-dialog'

/** Acts that are not for every day. */
export function FirewallMenu() {
  const { firewall, role } = useFirewall()
  const [open, setOpen] = useState<'pause' | 'remove' | null>(null)
  const router = useRouter()
  const lacks = reasonWithout(role, 'firewall:manage')
  const paused = firewall.state === 'paused'
  const close = (isOpen: boolean): void => setOpen((now) => (isOpen ? now : null))
  return (
    <>
      <Menu
        label="More for this firewall"
        trigger={<Button shape="icon" icon={Ellipsis} aria-label="More for this firewall" />}
        items={[
          {
            label: paused ? 'Resume visits' : 'Pause visits',
            icon: paused ? CirclePlay : CirclePause,
            disabledReason: lacks,
            onSelect: () => setOpen('pause'),
          },
          { label: 'Settings', icon: Settings, onSelect: () => router.push(`/firewalls/${firewall.id}/settings`) },
          { label: 'Remove from Palisade', icon: Trash2, danger: true, disabledReason: lacks, onSelect: () => setOpen('remove') },
        ]}
      />
      <PauseDialog open={open === 'pause'} onOpenChange={close} />
      <RemoveDialog open={open === 'remove'} onOpenChange={close} />
    </>
  )
}
