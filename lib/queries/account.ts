import { mutationOptions, queryOptions, type QueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import type { AccountDto, NewSecondFactorDto, ownSessionsDto, RecoveryCodesDto } from '@/lib/account/input'
import { apiGet, apiSend } from './client'
import { meQueries } from './me'

type OwnSessions = z.infer<typeof ownSessionsDto>

export const accountQueries = {
  account: () => queryOptions({ queryKey: ['account'] as const, queryFn: ({ signal }) => apiGet<AccountDto>('/me/account', signal) }),
  sessions: () =>
    queryOptions({ queryKey: ['account', 'sessions'] as const, queryFn: async ({ signal }) => (await apiGet<OwnSessions>('/me/sessions', signal)).items }),
}

/** Name and second factor stand in the sidebar and decide how a proof is given; other sessions may have ended. */
const refresh = async (client: QueryClient): Promise<void> => {
  await Promise.all([
    client.invalidateQueries({ queryKey: accountQueries.account().queryKey }),
    client.invalidateQueries({ queryKey: meQueries.me().queryKey }),
  ])
}
const change = <V = void>(send: (variables: V) => Promise<AccountDto>) =>
  mutationOptions({
    mutationFn: send,
    onSuccess: (account, _variables, _before, { client }) => {
      client.setQueryData(accountQueries.account().queryKey, account)
      return refresh(client)
    },
  })
const end = <V = void>(send: (variables: V) => Promise<OwnSessions>) =>
  mutationOptions({
    mutationFn: send,
    onSuccess: ({ items }, _variables, _before, { client }) => client.setQueryData(accountQueries.sessions().queryKey, items),
    onError: (_error, _variables, _before, { client }) => client.invalidateQueries({ queryKey: accountQueries.sessions().queryKey }),
  })

/** `gcTime: 0`: passwords, secrets and recovery codes must not outlive the form. */
export const accountMutations = {
  changeName: () => change((body: { name: string }) => apiSend<AccountDto>('PATCH', '/me/name', { body })),
  changePassword: () => ({
    ...change((body: { currentPassword: string; password: string }) => apiSend<AccountDto>('PUT', '/me/password', { body })),
    gcTime: 0,
  }),
  /** A new secret. It is in force once `confirmSecondFactor` had its first code. */
  newSecondFactor: () => mutationOptions({ mutationFn: () => apiSend<NewSecondFactorDto>('POST', '/me/second-factor'), gcTime: 0 }),
  confirmSecondFactor: () =>
    mutationOptions({
      mutationFn: (body: { code: string }) => apiSend<RecoveryCodesDto>('POST', '/me/second-factor/confirm', { body }),
      gcTime: 0,
      onSuccess: (_codes, _body, _before, { client }) => refresh(client),
    }),
  removeSecondFactor: () => change(() => apiSend<AccountDto>('DELETE', '/me/second-factor')),
  newRecoveryCodes: () =>
    mutationOptions({
      mutationFn: () => apiSend<RecoveryCodesDto>('POST', '/me/recovery-codes'),
      gcTime: 0,
      onSuccess: (_codes, _body, _before, { client }) => refresh(client),
    }),
  endSession: () => end(({ id }: { id: string }) => apiSend<OwnSessions>('DELETE', `/me/sessions/${id}`)),
  endOtherSessions: () => end(() => apiSend<OwnSessions>('POST', '/me/sessions/end-others')),
}
