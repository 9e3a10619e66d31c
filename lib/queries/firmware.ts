import { queryOptions } from '@tanstack/react-query'
import type { AdvisoryList, FirewallAdvisories } from '@/lib/advisories/dto'
import type { VersionsDto } from '@/lib/firmware/dto'
import type { FirewallOffer } from '@/lib/plans/dto'
import type { PlanKind } from '@/lib/plans/words'
import { apiGet, queryString } from './client'
import { firewallQueries } from './firewalls'
import { pollInterval } from './live-state'

/** Versions change slowly and a file is changed by hand: both are asked for again now and then. `customerId: null` = all that one may see. */
export const firmwareQueries = {
  all: () => ['firmware'] as const,
  versions: (customerId: string | null) =>
    queryOptions({
      queryKey: [...firmwareQueries.all(), 'versions', customerId] as const,
      queryFn: ({ signal }) => apiGet<VersionsDto>(`/firmware${queryString({ customerId })}`, signal),
      refetchInterval: pollInterval,
    }),
  advisories: (customerId: string | null) =>
    queryOptions({
      queryKey: [...firmwareQueries.all(), 'advisories', customerId] as const,
      queryFn: ({ signal }) => apiGet<AdvisoryList>(`/advisories${queryString({ customerId })}`, signal),
      refetchInterval: pollInterval,
    }),
  /** Below its firewall, so that another version asks for them anew. */
  advisoriesOf: (id: string) =>
    queryOptions({
      queryKey: [...firewallQueries.of(id), 'detail', 'advisories'] as const,
      queryFn: ({ signal }) => apiGet<FirewallAdvisories>(`/firewalls/${id}/advisories`, signal),
    }),
  /** What an update would do to a firewall; asked for anew with it, as after a check. */
  outlook: (id: string, kind: PlanKind) =>
    queryOptions({
      queryKey: [...firewallQueries.of(id), 'detail', 'outlook', kind] as const,
      queryFn: ({ signal }) => apiGet<FirewallOffer>(`/firewalls/${id}/offer${queryString({ kind })}`, signal),
    }),
}
