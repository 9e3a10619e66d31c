'use client'
import { useMutation } from '@tanstack/react-query'
import { toast } from '@/components/ui/toast'
import type { FirewallSummary } from '@/lib/firewalls/dto'
import { ApiError } from '@/lib/queries/client'
import { firewallMutations } from '@/lib/queries/firewalls'
import { useMe } from '@/lib/queries/use-me'
import { reasonNotToAsk, roleAt } from './detail/permissions'

const words = (error: Error): string =>
  error instanceof ApiError ? [error.title, error.nextStep].filter(Boolean).join(' ') : 'Something went wrong on this page.'

export type FleetActs = {
  /** Why this row cannot be asked; null when it can. */ reason: (row: FirewallSummary) => string | null
  refresh: (row: FirewallSummary) => void
  check: (row: FirewallSummary) => void
  asking: ReadonlySet<string>
}

/** Asking one firewall of the list. How it ended is said, and stands in its row. */
export function useFleetActs(): FleetActs {
  const me = useMe()
  const refresh = useMutation(firewallMutations.refresh())
  const check = useMutation(firewallMutations.check())
  const reason = (row: FirewallSummary): string | null => (me ? reasonNotToAsk(row, roleAt(me, row.customer.id)) : 'Your access is being looked up.')
  const allowed = (row: FirewallSummary): boolean => {
    const why = reason(row)
    if (why !== null) toast.bad(`${row.name}: ${why}`)
    return why === null
  }
  return {
    reason,
    asking: new Set([...(refresh.isPending ? [refresh.variables.id] : []), ...(check.isPending ? [check.variables.id] : [])]),
    refresh: (row) => {
      if (!allowed(row)) return
      refresh.mutate(
        { id: row.id },
        {
          onSuccess: ({ asked, failures }) =>
            failures.length === 0
              ? toast.good(`${row.name} was read just now.`)
              : toast.bad(`${row.name}: ${failures.length} of ${asked} reads brought nothing. Open it to see why.`),
          onError: (error) => toast.bad(`${row.name}: ${words(error)}`),
        },
      )
    },
    check: (row) => {
      if (!allowed(row)) return
      check.mutate(
        { id: row.id },
        {
          onSuccess: () => toast.good(`${row.name} looks for updates. What it finds appears in its row.`),
          onError: (error) => toast.bad(`${row.name}: ${words(error)}`),
        },
      )
    },
  }
}
