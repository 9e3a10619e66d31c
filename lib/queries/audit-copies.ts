import { mutationOptions, queryOptions, type QueryClient } from '@tanstack/react-query'
import type { CopyDto, CopyTarget, ReceiverDto, SyslogTarget, TestedReceiverDto } from '@/lib/audit-copies/input'
import type { List } from '@/lib/lists/list'
import { apiGet, apiSend } from './client'

/** Copies move with each entry, of which no page is told. */
const POLL_MS = 5_000

export const auditCopyQueries = {
  list: () => queryOptions({ queryKey: ['audit-copies'] as const, queryFn: ({ signal }) => apiGet<List<CopyDto>>('/audit-copies', signal), refetchInterval: POLL_MS }),
}

type Create = { name: string; target: CopyTarget; start: 'now' | 'first' }
type Edit = { id: string; etag: string; name?: string; target?: CopyTarget; enabled?: boolean }
const again = (client: QueryClient) => client.invalidateQueries({ queryKey: auditCopyQueries.list().queryKey })

export const auditCopyMutations = {
  /** One key per form: a repeated send makes no second copy. */
  create: (idempotencyKey: string) => mutationOptions({ mutationFn: (body: Create) => apiSend<CopyDto>('POST', '/audit-copies', { body, idempotencyKey }), onSettled: async (_copy, _error, _body, _before, { client }) => again(client) }),
  edit: () => mutationOptions({ mutationFn: ({ id, etag, ...body }: Edit) => apiSend<CopyDto>('PATCH', `/audit-copies/${id}`, { body, etag }), onSettled: async (_copy, _error, _edit, _before, { client }) => again(client) }),
  remove: () => mutationOptions({ mutationFn: ({ id, etag }: { id: string; etag: string }) => apiSend<{ removed: true }>('DELETE', `/audit-copies/${id}`, { etag }), onSettled: async (_removed, _error, _copy, _before, { client }) => again(client) }),
  probe: () => mutationOptions({ mutationFn: (body: { host: string; port: number }) => apiSend<ReceiverDto>('POST', '/audit-copies/probe', { body }) }),
  test: () => mutationOptions({ mutationFn: (target: SyslogTarget) => apiSend<TestedReceiverDto>('POST', '/audit-copies/test', { body: { target } }) }),
}
