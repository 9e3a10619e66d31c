'use client'
import { useSyncExternalStore } from 'react'
import { liveState, onLiveState, serverLiveState, type LiveState } from '@/lib/queries/live-state'

/** Whether changes arrive by themselves. */
export const useLive = (): LiveState => useSyncExternalStore(onLiveState, liveState, serverLiveState)
