import { infiniteQueryOptions, mutationOptions, queryOptions } from '@tanstack/react-query'
import type { z } from 'zod'
import type { List } from '@/lib/lists/list'
import type { FirewallOffer, PlanDto, PlanPreview, PlanSummary, VersionHoldDto } from '@/lib/plans/dto'
import type { createPlanInput, createVersionHoldInput, previewInput } from '@/lib/plans/input'
import type { PlanKind, PreviewGroup } from '@/lib/plans/words'
import { apiGet, apiSend, queryString } from './client'
import { pollInterval } from './live-state'

export type NewPlan = z.input<typeof createPlanInput>
export type PlanDraft = z.input<typeof previewInput>
export type NewVersionHold = z.input<typeof createVersionHoldInput>
type Target = { id: string; etag: string }
type Rows = { group?: PreviewGroup; rows?: number }
type Client = { invalidateQueries: (filter: { queryKey: readonly unknown[] }) => Promise<void>; setQueryData: (key: readonly unknown[], value: PlanDto) => unknown }
const PAGE_SIZE = 50
const firstPage = (): string | null => null

export const planQueries = {
  all: () => ['plans'] as const,
  /** Apart from the others: working out takes up to a second, so a preview is not made anew by each change of some plan or job. It says how old it is. */
  previews: () => ['plan-previews'] as const,
  lists: () => [...planQueries.all(), 'list'] as const,
  waitingAll: () => [...planQueries.all(), 'waiting'] as const,
  list: (filter: { state?: string; customerId?: string | null }) =>
    infiniteQueryOptions({
      queryKey: [...planQueries.lists(), filter] as const,
      queryFn: ({ pageParam, signal }) => apiGet<List<PlanSummary>>(`/update-plans${queryString({ ...filter, limit: PAGE_SIZE, cursor: pageParam })}`, signal),
      initialPageParam: firstPage(),
      getNextPageParam: (page) => page.nextCursor,
      refetchInterval: pollInterval,
    }),
  /** How many wait for a person: for an approval, or because a gate was not passed. */
  waiting: (customerId: string | null) =>
    queryOptions({
      queryKey: [...planQueries.waitingAll(), customerId] as const,
      queryFn: ({ signal }) => apiGet<List<PlanSummary>>(`/update-plans${queryString({ state: 'waiting-approval,halted', customerId, limit: 1 })}`, signal),
      refetchInterval: pollInterval,
    }),
  one: (id: string) => queryOptions({ queryKey: [...planQueries.all(), 'one', id] as const, queryFn: ({ signal }) => apiGet<PlanDto>(`/update-plans/${id}`, signal), refetchInterval: pollInterval }),
  /** Of the plan as it is saved: what an approval is of. */
  preview: (id: string, rows: Rows = {}) => queryOptions({ queryKey: [...planQueries.previews(), 'saved', id, rows] as const, queryFn: ({ signal }) => apiGet<PlanPreview>(`/update-plans/${id}/preview${queryString(rows)}`, signal) }),
  /** Of what stands in the editor. */
  draft: (draft: PlanDraft) => queryOptions({ queryKey: [...planQueries.previews(), 'draft', draft] as const, queryFn: ({ signal }) => apiSend<PlanPreview>('POST', '/update-plans/preview', { body: draft, signal }) }),
  offer: (firewallId: string, kind: PlanKind) => queryOptions({ queryKey: [...planQueries.previews(), 'offer', firewallId, kind] as const, queryFn: ({ signal }) => apiGet<FirewallOffer>(`/firewalls/${firewallId}/offer${queryString({ kind })}`, signal) }),
  /** Those that hold now: of all, for a customer, or what concerns a plan. */
  holds: (filter: { concerning?: string; customerId?: string | null } = {}) => queryOptions({ queryKey: [...planQueries.all(), 'holds', filter] as const, queryFn: ({ signal }) => apiGet<{ items: VersionHoldDto[] }>(`/version-holds${queryString(filter)}`, signal), refetchInterval: pollInterval }),
}

async function changed(client: Client, saved: PlanDto | undefined): Promise<void> {
  if (saved) client.setQueryData(planQueries.one(saved.id).queryKey, saved)
  await workedOutAnew(client)
}
async function workedOutAnew(client: Pick<Client, 'invalidateQueries'>): Promise<void> {
  // Nobody who saves waits for the preview.
  void client.invalidateQueries({ queryKey: planQueries.previews() })
  await client.invalidateQueries({ queryKey: planQueries.all() })
}
const act = (verb: 'ask' | 'withdraw') =>
  mutationOptions({
    mutationFn: ({ id, etag }: Target) => apiSend<PlanDto>('POST', `/update-plans/${id}/${verb}`, { etag }),
    onSettled: (saved, _error, _target, _before, { client }) => changed(client, saved),
  })

export const planMutations = {
  /** One key per form: a repeated send makes no second plan. */
  create: (idempotencyKey: string) =>
    mutationOptions({
      mutationFn: (body: NewPlan) => apiSend<PlanDto>('POST', '/update-plans', { body, idempotencyKey }),
      onSettled: (saved, _error, _body, _before, { client }) => changed(client, saved),
    }),
  edit: () =>
    mutationOptions({
      mutationFn: ({ id, etag, ...body }: Target & Partial<NewPlan>) => apiSend<PlanDto>('PATCH', `/update-plans/${id}`, { body, etag }),
      onSettled: (saved, _error, _body, _before, { client }) => changed(client, saved),
    }),
  duplicate: (idempotencyKey: string) =>
    mutationOptions({
      mutationFn: ({ id, ...body }: { id: string; name?: string; supersede?: boolean }) => apiSend<PlanDto>('POST', `/update-plans/${id}/duplicate`, { body, idempotencyKey }),
      onSettled: (saved, _error, _body, _before, { client }) => changed(client, saved),
    }),
  discard: () =>
    mutationOptions({
      mutationFn: ({ id, etag }: Target) => apiSend<{ removed: true }>('DELETE', `/update-plans/${id}`, { etag }),
      // The page of what is gone is not asked again.
      onSuccess: (_removed, _target, _before, { client }) => Promise.all([client.invalidateQueries({ queryKey: planQueries.lists() }), client.invalidateQueries({ queryKey: planQueries.waitingAll() })]),
    }),
  ask: () => act('ask'),
  withdraw: () => act('withdraw'),
  /** `setHash`: of the preview that the approver looked at. */
  approve: () =>
    mutationOptions({
      mutationFn: ({ id, etag, setHash }: Target & { setHash: string }) => apiSend<PlanDto>('POST', `/update-plans/${id}/approve`, { body: { setHash }, etag }),
      onSettled: (saved, _error, _target, _before, { client }) => changed(client, saved),
    }),
  hold: (idempotencyKey: string) =>
    mutationOptions({
      mutationFn: (body: NewVersionHold) => apiSend<VersionHoldDto>('POST', '/version-holds', { body, idempotencyKey }),
      onSettled: (_made, _error, _body, _before, { client }) => workedOutAnew(client),
    }),
  lift: () =>
    mutationOptions({
      mutationFn: (id: string) => apiSend<VersionHoldDto>('POST', `/version-holds/${id}/lift`),
      onSettled: (_lifted, _error, _id, _before, { client }) => workedOutAnew(client),
    }),
}
