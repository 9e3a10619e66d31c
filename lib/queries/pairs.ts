import { mutationOptions, queryOptions } from '@tanstack/react-query'
import type { FirewallDetail, FirewallSummary } from '@/lib/firewalls/dto'
import type { PairReply } from '@/lib/ha/dto'
import type { List } from '@/lib/lists/list'
import { apiGet, apiSend, queryString } from './client'
import { firewallQueries } from './firewalls'

/** More firewalls of one customer than this are found by their suggestions alone. */
const CHOICES_MAX = 500

export const pairQueries = {
  of: (id: string) => queryOptions({ queryKey: [...firewallQueries.of(id), 'pair'] as const, queryFn: ({ signal }) => apiGet<PairReply>(`/firewalls/${id}/pair`, signal) }),
  /** Whom a firewall may be linked with, by name. */
  choices: (customerId: string) =>
    queryOptions({
      queryKey: [...firewallQueries.lists(), 'of customer', customerId] as const,
      queryFn: async ({ signal }) => (await apiGet<List<FirewallSummary>>(`/firewalls${queryString({ customerId, sort: 'name', limit: CHOICES_MAX })}`, signal)).items,
    }),
}

export const pairMutations = {
  /** Links with `haPeerId`, or lets the peer go with null. Both firewalls change. */
  link: () =>
    mutationOptions({
      mutationFn: ({ id, etag, haPeerId }: { id: string; etag: string; haPeerId: string | null }) => apiSend<FirewallDetail>('PATCH', `/firewalls/${id}`, { body: { haPeerId }, etag }),
      onSettled: (_saved, _error, _variables, _before, { client }) => client.invalidateQueries({ queryKey: firewallQueries.all() }),
    }),
}
