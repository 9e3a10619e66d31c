import type { QueryClient, QueryKey } from '@tanstack/react-query'
import type { LiveChange } from '@/lib/live/dto'
import { LiveBatch } from './live-batch'
import { POLL_MS, setLiveState } from './live-state'
import { followStream, SILENT_MS_MAX, type LiveMessage } from './live-stream'
import { LiveTab } from './live-tabs'
import { meQueries } from './me'

/** A line that is back so soon was never missed. */
const CALM_MS = 2_000
const EVERYTHING: readonly QueryKey[] = [[]]

/** What shows these changes. The table of it knows the questions of every page, and comes with the first change. */
async function shownBy(changes: readonly LiveChange[]): Promise<readonly QueryKey[]> {
  try {
    const table = await import('./live')
    return changes.flatMap(table.shownBy)
  } catch {
    return EVERYTHING
  }
}

/** Keeps what this tab shows in step with what changes, until the function that it returns is called. `name`: whose tabs share a stream. */
export function followLive(client: QueryClient, name: string): () => void {
  const stopping = new AbortController()
  const batch = new LiveBatch(client)
  const timers = new Map<string, ReturnType<typeof setTimeout>>()
  let heardMs = Date.now()
  const after = (what: string, ms: number, act: () => void): void => {
    clearTimeout(timers.get(what))
    timers.set(what, setTimeout(act, ms))
  }
  const lose = (): void => {
    setLiveState({ kind: 'lost', sinceMs: heardMs })
    // What was told to ask seldom begins to ask often with its next answer.
    after('poll', POLL_MS, () => batch.add(EVERYTHING))
  }
  const onMessage = ({ event, changes }: LiveMessage): void => {
    heardMs = Date.now()
    for (const timer of timers.values()) clearTimeout(timer)
    timers.clear()
    after('silence', SILENT_MS_MAX, lose)
    if (event === 'ended') return after('lost', CALM_MS, lose)
    setLiveState({ kind: 'live' })
    if (event === 'reset') batch.add(EVERYTHING)
    else if (changes.length > 0) void shownBy(changes).then((starts) => stopping.signal.aborted || batch.add(starts))
  }
  const onLost = (): void => {
    if (!timers.has('lost') && !timers.has('poll')) after('lost', CALM_MS, lose)
  }
  // Who is signed in is asked for once more: the answer leads to the page where one signs in.
  const onRefused = (): void => void client.fetchQuery({ ...meQueries.me(), staleTime: 0 }).catch(() => undefined)
  const tab = { name, onMessage, onLost, onRefused, signal: stopping.signal }
  if ('locks' in navigator && 'BroadcastChannel' in window) new LiveTab(tab)
  else followAlone(tab)
  return () => {
    stopping.abort()
    batch.stop()
    for (const timer of timers.values()) clearTimeout(timer)
    setLiveState({ kind: 'starting' })
  }
}

/** For a browser in which tabs cannot agree: each has a stream. */
function followAlone({ onMessage, ...rest }: { onMessage: (message: LiveMessage) => void; onLost: () => void; onRefused: () => void; signal: AbortSignal }): void {
  let last: string | null = null
  const hear = (message: LiveMessage) => {
    last = message.id === '' ? last : message.id
    onMessage(message)
  }
  void followStream({ ...rest, from: () => last, onMessage: hear })
}
