'use client'
import { cn } from '@/lib/core/cn'
import { formatAge, formatDateTime, formatExactBoth, isOld } from '@/lib/format/dates'
import { useNow } from './use-now'

type AgeProps = {
  at: string | null
  /** How often it should be renewed; older than twice that it is marked. */
  intervalSeconds?: number
  /** Where the firewall stands; the hover then tells its time too. */
  zone?: string
  /** What stands there when it never happened. */
  never?: string
  className?: string
}

/** How old something stored is. It ticks; the exact time is on hover. */
export function Age({ at, intervalSeconds, zone, never = 'never', className }: AgeProps) {
  const nowMs = useNow()
  if (at === null) return <span className={cn('text-text-3', className)}>{never}</span>
  const old = nowMs !== null && intervalSeconds !== undefined && isOld(at, nowMs, intervalSeconds)
  return (
    <time
      dateTime={at}
      title={nowMs === null ? undefined : formatExactBoth(at, zone)}
      className={cn('whitespace-nowrap', old ? 'border-b border-dashed border-text-2 text-text-2' : 'text-text-3', className)}
    >
      {nowMs === null ? formatDateTime(at, 'UTC') : formatAge(at, nowMs)}
    </time>
  )
}
