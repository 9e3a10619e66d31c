import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { ApiError } from './client'

/** Waiting may cure these; asking again at once costs a firewall nothing, because reads come from storage. */
const worthAnotherTry = (error: Error): boolean => error instanceof ApiError && (error.status === 0 || error.status === 503)

/** `onSignedOut` runs when the session has ended, so that the page leads back to the sign-in. */
export function newQueryClient(onSignedOut: () => void): QueryClient {
  const onError = (error: Error): void => {
    if (error instanceof ApiError && error.code === 'unauthenticated') onSignedOut()
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
