import { mutationOptions, queryOptions, type QueryClient } from '@tanstack/react-query'
import type { Family, ReadKind } from '@/lib/adapters/model'
import type {
  CheckState,
  FirewallCounts,
  FirewallDetail,
  FirewallSummary,
  ListKind,
  ListReading,
  ObjectKind,
  ObjectReading,
  ProbeResult,
  RefreshResult,
  TestResult,
} from '@/lib/firewalls/dto'
import type { CreateFirewallInput, CredentialInput, TrustInput } from '@/lib/firewalls/input'
import type { List } from '@/lib/lists/list'
import { apiGet, apiSend, queryString } from './client'
import { customerQueries } from './customers'
import { pollInterval } from './live-state'

export type ReadingOf<K extends ReadKind> = K extends ObjectKind ? ObjectReading<K> : K extends ListKind ? ListReading<K> : never
export type RawReading = { label: string; observedAt: string; value: unknown }
export type Changelog = { version: string; text: string }

/** Rows of one page of the fleet. */
export const FLEET_PAGE_ROWS = 100
/** A page that nobody looks at any more is forgotten after this, so that a long scroll does not fill the memory. */
const PAGE_KEPT_MS = 60_000
const join = (query: string, more: string): string => [query, more].filter(Boolean).join('&')
/** While a check is on its way its end is what people wait for. */
const CHECK_POLL_MS = 2_000

/** Every key begins with the noun and the id, so that one call refreshes all that hangs off one firewall. */
export const firewallQueries = {
  all: () => ['firewalls'] as const,
  lists: () => [...firewallQueries.all(), 'list'] as const,
  of: (id: string) => [...firewallQueries.all(), 'one', id] as const,

  /** One page of a question, which is a query string of GET /firewalls; `cursor` is where it begins, null for the first. */
  page: (query: string, cursor: string | null) =>
    queryOptions({
      queryKey: [...firewallQueries.lists(), 'page', query, cursor] as const,
      queryFn: ({ signal }) =>
        apiGet<List<FirewallSummary>>(`/firewalls?${join(query, `limit=${FLEET_PAGE_ROWS}${cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`}`)}`, signal),
      refetchInterval: pollInterval,
      gcTime: PAGE_KEPT_MS,
    }),
  /** How many match, by state; `query` without a sort. */
  counts: (query: string) =>
    queryOptions({
      queryKey: [...firewallQueries.lists(), 'counts', query] as const,
      queryFn: ({ signal }) => apiGet<FirewallCounts>(`/firewalls/counts${query === '' ? '' : `?${query}`}`, signal),
      refetchInterval: pollInterval,
    }),
  one: (id: string) =>
    queryOptions({
      queryKey: [...firewallQueries.of(id), 'detail'] as const,
      queryFn: ({ signal }) => apiGet<FirewallDetail>(`/firewalls/${id}`, signal),
      refetchInterval: pollInterval,
    }),
  /** What is stored; never asks the firewall. */
  reading: <K extends ReadKind>(kind: K, id: string) =>
    queryOptions({
      queryKey: [...firewallQueries.of(id), 'reading', kind] as const,
      queryFn: ({ signal }) => apiGet<ReadingOf<K>>(`/firewalls/${id}/${kind}`, signal),
      refetchInterval: pollInterval,
    }),
  rawList: (id: string) =>
    queryOptions({
      queryKey: [...firewallQueries.of(id), 'raw'] as const,
      queryFn: async ({ signal }) => (await apiGet<{ items: { id: string; label: string }[] }>(`/firewalls/${id}/raw`, signal)).items,
      staleTime: Infinity,
    }),
  /** Asks the firewall each time, so it is never repeated by itself. */
  raw: (id: string, read: string) =>
    queryOptions({
      queryKey: [...firewallQueries.of(id), 'raw', read] as const,
      queryFn: ({ signal }) => apiGet<RawReading>(`/firewalls/${id}/raw${queryString({ read })}`, signal),
      staleTime: Infinity,
      retry: false,
      refetchOnWindowFocus: false,
    }),
  changelog: (id: string, version: string) =>
    queryOptions({
      queryKey: [...firewallQueries.of(id), 'changelog', version] as const,
      queryFn: ({ signal }) => apiGet<Changelog>(`/firewalls/${id}/changelog${queryString({ version })}`, signal),
      staleTime: Infinity,
      retry: false,
      refetchOnWindowFocus: false,
    }),
  checkState: (id: string) =>
    queryOptions({
      queryKey: [...firewallQueries.of(id), 'check'] as const,
      queryFn: ({ signal }) => apiGet<CheckState>(`/firewalls/${id}/check`, signal),
      refetchInterval: (query) => (query.state.data?.state === 'queued' || query.state.data?.state === 'running' ? CHECK_POLL_MS : false),
    }),
}

type Target = { id: string; etag: string }
type Edit = Target & { name?: string; customerId?: string; siteId?: string | null; baseUrl?: string; tags?: string[]; timeZone?: string }
type TestBody = { family: Family; baseUrl: string; trust: TrustInput; credential: CredentialInput }

const refreshOne = (client: QueryClient, id: string): Promise<unknown> =>
  Promise.all([client.invalidateQueries({ queryKey: firewallQueries.of(id) }), client.invalidateQueries({ queryKey: firewallQueries.lists() })])

/** A change of a shared object: sends If-Match, then shows what the server holds, also after a refusal. */
const change = <V extends Target>(send: (variables: V) => Promise<FirewallDetail>, gcTime?: number) =>
  mutationOptions({
    mutationFn: send,
    ...(gcTime !== undefined && { gcTime }),
    onSettled: (_saved, _error, { id }, _before, { client }) => refreshOne(client, id),
  })

export const firewallMutations = {
  /** Certificate and family; no credential is sent. */
  probe: () => mutationOptions({ mutationFn: (body: { baseUrl: string }) => apiSend<ProbeResult>('POST', '/firewalls/probe', { body }) }),
  /** `gcTime: 0` here and below: the variables hold a credential and must not outlive the form. */
  test: () => mutationOptions({ mutationFn: (body: TestBody) => apiSend<TestResult>('POST', '/firewalls/test', { body }), gcTime: 0 }),
  /** One key per form: a repeated send makes no second firewall. */
  create: (idempotencyKey: string) =>
    mutationOptions({
      mutationFn: (body: CreateFirewallInput) => apiSend<FirewallDetail>('POST', '/firewalls', { body, idempotencyKey }),
      gcTime: 0,
      onSuccess: async (_made, _body, _before, { client }) => {
        await Promise.all([client.invalidateQueries({ queryKey: firewallQueries.lists() }), client.invalidateQueries({ queryKey: customerQueries.all() })])
      },
    }),
  edit: () => change(({ id, etag, ...body }: Edit) => apiSend('PATCH', `/firewalls/${id}`, { body, etag })),
  editCredential: () =>
    change(
      ({ id, etag, credential }: Target & { credential: CredentialInput }) => apiSend('PUT', `/firewalls/${id}/credential`, { body: { credential }, etag }),
      0,
    ),
  editTrust: () => change(({ id, etag, trust }: Target & { trust: TrustInput }) => apiSend('PUT', `/firewalls/${id}/trust`, { body: { trust }, etag })),
  editCommands: () =>
    change(({ id, etag, allowed }: Target & { allowed: boolean }) => apiSend('PUT', `/firewalls/${id}/commands`, { body: { allowed }, etag })),
  editUpdateWay: () =>
    change(({ id, etag, byEndpoint }: Target & { byEndpoint: boolean }) => apiSend('PUT', `/firewalls/${id}/update-way`, { body: { byEndpoint }, etag })),
  pause: () =>
    change(({ id, etag, paused, reason }: Target & { paused: boolean; reason?: string }) =>
      apiSend('PUT', `/firewalls/${id}/pause`, { body: { paused, reason: reason ?? '' }, etag }),
    ),
  remove: () =>
    mutationOptions({
      mutationFn: ({ id, etag, confirmName }: Target & { confirmName: string }) =>
        apiSend<undefined>('DELETE', `/firewalls/${id}`, { body: { confirmName }, etag }),
      onSuccess: async (_gone, { id }, _before, { client }) => {
        client.removeQueries({ queryKey: firewallQueries.of(id) })
        await Promise.all([client.invalidateQueries({ queryKey: firewallQueries.lists() }), client.invalidateQueries({ queryKey: customerQueries.all() })])
      },
    }),
  /** Asks the firewall for everything now. */
  refresh: () =>
    mutationOptions({
      mutationFn: ({ id }: { id: string }) => apiSend<RefreshResult>('POST', `/firewalls/${id}/refresh`),
      onSettled: (_result, _error, { id }, _before, { client }) => refreshOne(client, id),
    }),
  /** Asks the firewall for one kind now. */
  refreshReading: <K extends ReadKind>(kind: K) =>
    mutationOptions({
      mutationFn: ({ id }: { id: string }) => apiGet<ReadingOf<K>>(`/firewalls/${id}/${kind}?fresh=true`),
      onSettled: (_result, _error, { id }, _before, { client }) => refreshOne(client, id),
    }),
  /** Makes the firewall look for updates; the reply is where it stands, `checkState` tells the rest. */
  check: () =>
    mutationOptions({
      mutationFn: ({ id }: { id: string }) => apiSend<CheckState>('POST', `/firewalls/${id}/check`),
      onSuccess: (state, { id }, _before, { client }) => {
        client.setQueryData(firewallQueries.checkState(id).queryKey, state)
      },
      onSettled: (_state, _error, { id }, _before, { client }) => refreshOne(client, id),
    }),
}
