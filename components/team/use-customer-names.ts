'use client'
import { useQuery } from '@tanstack/react-query'
import { customerQueries } from '@/lib/queries/customers'
import type { Grant } from './grant-words'

/** Names by id: of the customers that the list holds, and of those in these grants. */
export function useCustomerNames(grants: readonly Grant[]): ReadonlyMap<string, string> {
  const customers = useQuery(customerQueries.list()).data?.items ?? []
  return new Map([
    ...grants.flatMap(({ customerId, customerName }) => (customerId === null || customerName === null ? [] : [[customerId, customerName] as const])),
    ...customers.map(({ id, name }) => [id, name] as const),
  ])
}
