import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { ApiError } from './client'

/** Waiting may cure these; asking again at once costs a firewall nothing, because reads come from storage. */
const worthAnotherTry = (error: Error): boolean => error instanceof ApiError && (error.status === 0 || error.status === 503)

/** Where a session that is not, or not yet, good for anything else has to go. */
export type WayIn = '/signin' | '/second-factor'
const WAYS_IN: Readonly<Record<string, WayIn>> = { unauthenticated: '/signin', 'second-factor-required': '/second-factor' }

/** `goTo` runs when the session has ended or owes its second factor, so that the page leads there. */
export function newQueryClient(goTo: (page: WayIn) => void): QueryClient {
  const onError = (error: Error): void => {
    const page = error instanceof ApiError ? WAYS_IN[error.code] : undefined
    if (page !== undefined) goTo(page)
  }
  return new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: { staleTime: 5_000, retry: (count, error) => count < 2 && worthAnotherTry(error), refetchOnWindowFocus: true },
      mutations: { retry: false },
    },
  })
}
