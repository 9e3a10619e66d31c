'use client'
import { useQuery } from '@tanstack/react-query'
import type { MeDto } from '@/lib/auth/input'
import { meQueries } from './me'

/** Who looks at the page; there from the first paint on pages behind sign-in. */
export const useMe = (): MeDto | undefined => useQuery(meQueries.me()).data
