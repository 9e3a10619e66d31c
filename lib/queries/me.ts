import { mutationOptions, queryOptions } from '@tanstack/react-query'
import type { MeDto } from '@/lib/auth/input'
import { apiGet, apiSend } from './client'

export const meQueries = {
  me: () => queryOptions({ queryKey: ['me'] as const, queryFn: ({ signal }) => apiGet<MeDto>('/me', signal), staleTime: 60_000 }),
}

type SetUp = { token: string; name: string; email: string; password: string }
export const setUpMutation = () => mutationOptions({ mutationFn: (body: SetUp) => apiSend<unknown>('POST', '/setup', { body }), gcTime: 0 })
