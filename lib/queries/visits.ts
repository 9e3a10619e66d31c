import { mutationOptions, queryOptions } from '@tanstack/react-query'
import type { Intervals } from '@/lib/polling/intervals'
import type { IntervalsDto } from '@/lib/visits/input'
import { apiGet, apiSend } from './client'

/** Whose intervals: the installation's, or those of one customer or firewall. */
export type IntervalsOf = { level: 'installation' } | { level: 'customer' | 'firewall'; id: string }

const addressOf = (of: IntervalsOf): string => (of.level === 'installation' ? '/visits/intervals' : `/${of.level}s/${of.id}/intervals`)

export const visitQueries = {
  allIntervals: () => ['intervals'] as const,
  intervals: (of: IntervalsOf) => queryOptions({ queryKey: [...visitQueries.allIntervals(), of] as const, queryFn: ({ signal }) => apiGet<IntervalsDto>(addressOf(of), signal) }),
}

export const visitMutations = {
  /** Replaces what was decided at one level; what is left out is inherited. */
  editIntervals: (of: IntervalsOf) =>
    mutationOptions({
      mutationFn: ({ etag, intervals }: { etag: string; intervals: Intervals }) => apiSend<IntervalsDto>('PUT', addressOf(of), { body: intervals, etag }),
      onSettled: async (_saved, _error, _edit, _before, { client }) => {
        // A level above changes what those below inherit; the revision is that of the customer or the firewall.
        await Promise.all([visitQueries.allIntervals(), ['customers'], ['firewalls']].map((queryKey) => client.invalidateQueries({ queryKey })))
      },
    }),
}
