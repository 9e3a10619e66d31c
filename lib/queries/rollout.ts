import { mutationOptions, queryOptions, type QueryClient } from '@tanstack/react-query'
import type { EmergencyStopDto } from '@/lib/emergency-stop/dto'
import type { PlanReport, PlanRun } from '@/lib/plan-runs/dto'
import type { PlanDto } from '@/lib/plans/dto'
import type { UpdateJobDto } from '@/lib/updates/dto'
import { apiGet, apiSend, queryString } from './client'
import { pollInterval } from './live-state'
import { planQueries } from './plans'
import { updateQueries } from './updates'

/** Nothing tells live pages of a stop itself; jobs that wait for it do. */
const STOP_POLL_MS = 15_000

type Rows = { rows?: number; each?: boolean }

export const rolloutQueries = {
  run: (id: string, rows: Rows = {}) => queryOptions({ queryKey: [...planQueries.all(), 'run', id, rows] as const, queryFn: ({ signal }) => apiGet<PlanRun>(`/update-plans/${id}/run${queryString(rows)}`, signal), refetchInterval: pollInterval }),
  report: (id: string, customerId: string | null) => queryOptions({ queryKey: [...planQueries.all(), 'report', id, customerId] as const, queryFn: ({ signal }) => apiGet<PlanReport>(`/update-plans/${id}/report${queryString({ customerId })}`, signal) }),
  stop: () => queryOptions({ queryKey: [...updateQueries.all(), 'stop'] as const, queryFn: ({ signal }) => apiGet<EmergencyStopDto>('/emergency-stop', signal), refetchInterval: STOP_POLL_MS }),
}

async function changed(client: QueryClient): Promise<void> {
  await Promise.all([client.invalidateQueries({ queryKey: planQueries.all() }), client.invalidateQueries({ queryKey: updateQueries.all() })])
}
function steered(client: QueryClient, saved: PlanDto | undefined): Promise<void> {
  if (saved) client.setQueryData(planQueries.one(saved.id).queryKey, saved)
  return changed(client)
}
function stopChanged(client: QueryClient, saved: EmergencyStopDto | undefined): Promise<void> {
  if (saved) client.setQueryData(rolloutQueries.stop().queryKey, saved)
  return changed(client)
}

export type PlanSteer = { id: string; act: 'resume' | 'cancel'; because: string }
export type JobSteer = { id: string; act: 'skip' | 'cancel' | 'retry'; because: string }

export const rolloutMutations = {
  pause: () => mutationOptions({ mutationFn: (id: string) => apiSend<PlanDto>('POST', `/update-plans/${id}/pause`), onSettled: (saved, _error, _id, _before, { client }) => steered(client, saved) }),
  steer: () => mutationOptions({ mutationFn: ({ id, act, because }: PlanSteer) => apiSend<PlanDto>('POST', `/update-plans/${id}/${act}`, { body: { because } }), onSettled: (saved, _error, _asked, _before, { client }) => steered(client, saved) }),
  job: () => mutationOptions({ mutationFn: ({ id, act, because }: JobSteer) => apiSend<UpdateJobDto>('POST', `/update-jobs/${id}/${act}`, { body: { because } }), onSettled: (_made, _error, _asked, _before, { client }) => changed(client) }),
  stop: () => mutationOptions({ mutationFn: () => apiSend<EmergencyStopDto>('POST', '/emergency-stop', { body: {} }), onSettled: (saved, _error, _asked, _before, { client }) => stopChanged(client, saved) }),
  lift: () => mutationOptions({ mutationFn: () => apiSend<EmergencyStopDto>('POST', '/emergency-stop/lift'), onSettled: (saved, _error, _asked, _before, { client }) => stopChanged(client, saved) }),
}
