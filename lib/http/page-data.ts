import 'server-only'
import type { QueryClient, QueryKey } from '@tanstack/react-query'
import type { OperatorActor } from '@/lib/auth/actor'
import { AppError } from '@/lib/core/errors'
import { pageActor } from './page-session'

/**
 * Puts what a use case answers into the page, so that its first paint has it. What is refused or out of order is left to
 * the browser, which asks once more and says what is wrong.
 */
export async function prefetch<T>(client: QueryClient, queryKey: QueryKey, read: (actor: OperatorActor) => Promise<T>): Promise<void> {
  const actor = await pageActor()
  if (!actor) return
  try {
    client.setQueryData(queryKey, await read(actor))
  } catch (error) {
    if (!(error instanceof AppError)) throw error
  }
}
