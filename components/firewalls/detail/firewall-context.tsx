'use client'
import { createContext, use, type ReactNode } from 'react'
import type { MeDto } from '@/lib/auth/input'
import type { Role } from '@/lib/auth/roles'
import type { FirewallDetail } from '@/lib/firewalls/dto'
import { roleAt } from './permissions'

type OpenFirewall = { firewall: FirewallDetail; /** Of this person, for the customer of this firewall. */ role: Role }
const FirewallContext = createContext<OpenFirewall | null>(null)

export function FirewallProvider({ firewall, me, children }: { firewall: FirewallDetail; me: MeDto; children: ReactNode }) {
  return <FirewallContext value={{ firewall, role: roleAt(me, firewall.customer.id) }}>{children}</FirewallContext>
}

/** The firewall whose pages are open. Only inside FirewallShell. */
export function useFirewall(): OpenFirewall {
  const open = use(FirewallContext)
  if (!open) throw new Error('useFirewall is for components inside FirewallShell')
  return open
}
