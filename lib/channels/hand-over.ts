import 'server-only'
import { handNotices } from '@/lib/db/notices-sql'
import { quietWindow } from '@/lib/polling/quiet-hours'
import { storedSettings } from './stored'
import { DIGESTS, type Digest } from './words'

const AT_ONCE = 500
const HOUR_MS = 3_600_000
/** When a daily digest goes out, in the zone of the channel. */
const DAILY = { from: '08:00', to: '08:01' } as const

/** When a notice of now goes out. */
export function dueAt(digest: Digest, timeZone: string, now: Date): Date {
  if (digest === 'at-once') return now
  if (digest === 'hourly') return new Date((Math.floor(now.getTime() / HOUR_MS) + 1) * HOUR_MS)
  const { from } = quietWindow(now, timeZone, DAILY)
  return from < now ? now : from
}

/** Settings that cannot be read, of one channel, must not hold up the others. */
const zoneOf = (settings: unknown): string => storedSettings.safeParse(settings).data?.timeZone ?? 'UTC'

/** When a notice of now goes out over a channel as it is stored. */
export const dueAtOf = ({ digest, settings }: { digest: string; settings: unknown }, now: Date): Date => dueAt(DIGESTS.find((known) => known === digest) ?? 'at-once', zoneOf(settings), now)

/** Hands what was told since the last time to the channels that want it, in order; returns how many notices. */
export async function handOverNotices(now: Date): Promise<number> {
  for (let handed = 0; ; ) {
    const count = await handNotices((channel) => dueAtOf(channel, now), now, AT_ONCE)
    handed += count
    if (count < AT_ONCE) return handed
  }
}
