import { infiniteQueryOptions, mutationOptions, queryOptions, type QueryClient } from '@tanstack/react-query'
import type { BackupCounts, BackupDto, BackupStateDto, BackupTaskDto, FirewallBackupsDto } from '@/lib/backups/dto'
import type { ListBackupStatesInput } from '@/lib/backups/input'
import type { List } from '@/lib/lists/list'
import { apiDownload, apiGet, apiSend, queryString } from './client'
import { pollInterval } from './live-state'

export type BackupFilter = Partial<Omit<ListBackupStatesInput, 'limit' | 'cursor'>>

const PAGE_ROWS = 100
const firstPage = (): string | null => null
/** While one is on its way its end is what people wait for. */
const TASK_POLL_MS = 2_000

/** Every key begins with the noun, then the fleet or one firewall. */
export const backupQueries = {
  all: () => ['backups'] as const,
  fleet: () => [...backupQueries.all(), 'fleet'] as const,
  of: (id: string) => [...backupQueries.all(), 'of', id] as const,

  /** How firewalls stand, the worst first, a page of 100 at a time. */
  states: (filter: BackupFilter) =>
    infiniteQueryOptions({
      queryKey: [...backupQueries.fleet(), 'states', filter] as const,
      queryFn: ({ pageParam, signal }) => apiGet<List<BackupStateDto>>(`/backups${queryString({ ...filter, limit: PAGE_ROWS, cursor: pageParam })}`, signal),
      initialPageParam: firstPage(),
      getNextPageParam: (page) => page.nextCursor,
    }),
  counts: (filter: Omit<BackupFilter, 'state'>) =>
    queryOptions({
      queryKey: [...backupQueries.fleet(), 'counts', filter] as const,
      queryFn: ({ signal }) => apiGet<BackupCounts>(`/backups/counts${queryString(filter)}`, signal),
    }),
  /** How one firewall stands, and what is being done now. */
  state: (id: string) =>
    queryOptions({
      queryKey: [...backupQueries.of(id), 'state'] as const,
      queryFn: ({ signal }) => apiGet<FirewallBackupsDto>(`/firewalls/${id}/backup-state`, signal),
      refetchInterval: (query) => (query.state.data?.task?.finishedAt === null ? TASK_POLL_MS : pollInterval(query)),
    }),
  /** Backups of one firewall, newest first, a page of 100 at a time. */
  list: (id: string) =>
    infiniteQueryOptions({
      queryKey: [...backupQueries.of(id), 'list'] as const,
      queryFn: ({ pageParam, signal }) => apiGet<List<BackupDto>>(`/firewalls/${id}/backups${queryString({ limit: PAGE_ROWS, cursor: pageParam })}`, signal),
      initialPageParam: firstPage(),
      getNextPageParam: (page) => page.nextCursor,
    }),
  one: (id: string, backupId: string) =>
    queryOptions({
      queryKey: [...backupQueries.of(id), 'one', backupId] as const,
      queryFn: ({ signal }) => apiGet<BackupDto>(`/firewalls/${id}/backups/${backupId}`, signal),
    }),
}

/** Takes a backup now; the same key names the same try however often it is sent. */
export const takeBackup = (client: QueryClient, id: string) =>
  mutationOptions({
    mutationFn: (idempotencyKey: string) => apiSend<BackupTaskDto>('POST', `/firewalls/${id}/backups`, { idempotencyKey }),
    onSettled: () => client.invalidateQueries({ queryKey: backupQueries.of(id) }),
  })

/** The configuration with its secrets, as a file. Asks for a fresh proof. */
export const downloadBackup = () =>
  mutationOptions({ mutationFn: ({ id, backupId }: { id: string; backupId: string }) => apiDownload(`/firewalls/${id}/backups/${backupId}/download`, {}) })
