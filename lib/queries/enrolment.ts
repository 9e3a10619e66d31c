import { infiniteQueryOptions, mutationOptions, queryOptions, type QueryClient } from '@tanstack/react-query'
import type { EnrolmentRowDto, EnrolmentSummary, FilePreview } from '@/lib/enrolment/dto'
import { UNDER_WAY, type RowState } from '@/lib/enrolment/states'
import type { CredentialInput } from '@/lib/firewalls/input'
import type { Family } from '@/lib/adapters/model'
import type { List } from '@/lib/lists/list'
import { apiGet, apiSend, queryString } from './client'
import { customerQueries } from './customers'
import { firewallQueries } from './firewalls'

type FileBody = { fileName: string; fileBase64: string }
type Lines = { id: string; lines: number[] }
type RowEdit = { id: string; line: number; name?: string; family?: Family | null; baseUrl?: string; credential?: CredentialInput }

const ROWS_PAGE = 100
const firstPage = (): string | null => null
const UNDER_WAY_MS = 1_500
const AT_REST_MS = 15_000

const isUnderWay = (file: EnrolmentSummary | undefined): boolean => file !== undefined && UNDER_WAY.some((state) => file.counts[state] > 0)

export const enrolmentQueries = {
  all: () => ['enrolments'] as const,
  of: (id: string) => [...enrolmentQueries.all(), 'one', id] as const,
  list: () =>
    queryOptions({
      queryKey: [...enrolmentQueries.all(), 'list'] as const,
      queryFn: async ({ signal }) => (await apiGet<List<EnrolmentSummary>>('/enrolments', signal)).items,
    }),
  /** While rows are under way it is asked for often: a person watches. */
  one: (id: string) =>
    queryOptions({
      queryKey: [...enrolmentQueries.of(id), 'summary'] as const,
      queryFn: ({ signal }) => apiGet<EnrolmentSummary>(`/enrolments/${id}`, signal),
      refetchInterval: (query) => (isUnderWay(query.state.data) ? UNDER_WAY_MS : AT_REST_MS),
    }),
  /** `count` is part of the key, so that the rows are read again when their number changes. */
  rows: (id: string, state: RowState, count: number) =>
    infiniteQueryOptions({
      queryKey: [...enrolmentQueries.of(id), 'rows', state, count] as const,
      queryFn: ({ pageParam, signal }) =>
        apiGet<List<EnrolmentRowDto>>(`/enrolments/${id}/rows${queryString({ state, limit: ROWS_PAGE, cursor: pageParam })}`, signal),
      initialPageParam: firstPage(),
      getNextPageParam: (page) => page.nextCursor,
    }),
}

export const templateHref = '/api/v1/enrolments/template'
export const failedHref = (id: string): string => `/api/v1/enrolments/${id}/failed`

const refreshFile = (client: QueryClient, id: string): Promise<unknown> =>
  Promise.all([
    client.invalidateQueries({ queryKey: enrolmentQueries.of(id) }),
    client.invalidateQueries({ queryKey: firewallQueries.lists() }),
    client.invalidateQueries({ queryKey: customerQueries.all() }),
  ])

const act = <V extends { id: string }>(what: 'trust' | 'retry' | 'drop') =>
  mutationOptions({
    mutationFn: ({ id, ...body }: V) => apiSend<{ changed: number }>('POST', `/enrolments/${id}/${what}`, { body }),
    onSettled: (_done, _error, { id }, _before, { client }) => refreshFile(client, id),
  })

/** `gcTime: 0`: the variables hold credentials and must not outlive the form. */
export const enrolmentMutations = {
  preview: () => mutationOptions({ mutationFn: (body: FileBody) => apiSend<FilePreview>('POST', '/enrolments/preview', { body }), gcTime: 0 }),
  /** One key per file that was chosen: a repeated send takes it once. */
  take: (idempotencyKey: string) =>
    mutationOptions({
      mutationFn: (body: FileBody) => apiSend<EnrolmentSummary>('POST', '/enrolments', { body, idempotencyKey }),
      gcTime: 0,
      onSuccess: (_made, _body, _before, { client }) => client.invalidateQueries({ queryKey: enrolmentQueries.all() }),
    }),
  trust: () => act<{ id: string; rows: { line: number; sha256: string | null }[] }>('trust'),
  retry: () => act<Lines>('retry'),
  drop: () => act<Lines>('drop'),
  edit: () =>
    mutationOptions({
      mutationFn: ({ id, ...body }: RowEdit) => apiSend<EnrolmentRowDto>('PATCH', `/enrolments/${id}/row`, { body }),
      gcTime: 0,
      onSettled: (_row, _error, { id }, _before, { client }) => refreshFile(client, id),
    }),
}
