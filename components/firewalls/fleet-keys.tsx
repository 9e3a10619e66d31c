'use client'
import { KeysDialog } from '@/components/ui/keys-dialog'

const KEYS = [
  ['j', 'Next firewall'],
  ['k', 'Previous firewall'],
  ['x', 'Choose it'],
  ['Enter', 'Open it'],
  ['r', 'Refresh it, or those that are chosen, now'],
  ['c', 'Let it, or those that are chosen, check for updates'],
  ['/', 'Filter'],
  ['e', 'Enrol a firewall'],
  ['Esc', 'Clear the selection, then leave the list'],
  ['Ctrl K', 'Find anything'],
  ['?', 'These keys'],
] as const

export function FleetKeysDialog({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  return <KeysDialog keys={KEYS} open={open} onOpenChange={onOpenChange} />
}
