'use client'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { followLive } from '@/lib/queries/live-follow'
import { useMe } from '@/lib/queries/use-me'

/** Keeps every page behind the sign-in in step with what changes. Shows nothing. */
export function LiveUpdates() {
  const client = useQueryClient()
  const id = useMe()?.id
  useEffect(() => (id === undefined ? undefined : followLive(client, `palisade-live-${id}`)), [client, id])
  return null
}
