'use client'
import { LockOpen } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { Age } from '@/components/ui/age'
import { Tag } from '@/components/ui/badge'
import { TONE_TEXT, type Tone } from '@/components/ui/tone'
import { useNow } from '@/components/ui/use-now'
import { cn } from '@/lib/core/cn'
import type { FirewallSummary } from '@/lib/firewalls/dto'
import { formatAge, formatDate, formatExactBoth } from '@/lib/format/dates'
import { formatDuration } from '@/lib/format/duration'
import { shortVersion, splitFamilyLabel } from '@/lib/format/versions'
import { CERTIFICATE_SOON_DAYS, CLOCK_OFFSET_SECONDS_MAX, DISK_PERCENT_FULL } from '@/lib/overview/words'
import { FirewallStateWord, firewallRail } from './state-word'

type Cell = { row: FirewallSummary }
const DAY_MS = 86_400_000

/** The scheme goes without saying when it is https. */
const address = (baseUrl: string): string => baseUrl.replace(/^https:\/\//, '').replace(/\/$/, '')
/** The reason of the state; where it has none, the last thing that went wrong. */
export const reasonOf = (row: FirewallSummary): string | null => row.stateReason ?? row.lastError?.message ?? null

export function NameCell({ row, href, children }: Cell & { href: string; children?: ReactNode }) {
  return (
    <span className="flex min-w-0 items-center gap-2">
      <Link href={href} prefetch={false} title={row.name} className="min-w-0 truncate font-medium hover:underline">
        {row.name}
      </Link>
      {children}
    </span>
  )
}

/** Since when stands only where someone has to look: a healthy row stays quiet. */
export function StateCell({ row }: Cell) {
  return (
    <span className="flex min-w-0 items-center gap-2">
      <FirewallStateWord state={row.state} reason={reasonOf(row)} className="min-w-0" />
      {firewallRail(row.state) !== null && (
        // As wide as the longest of them, so that nothing moves when it grows older.
        <span className="ml-auto min-w-12 shrink-0 text-xs tabular-nums">
          <Since row={row} />
        </span>
      )}
    </span>
  )
}

/** How long the state is what it is: `42 min`, `3 h`, then the day. */
export function Since({ row }: Cell) {
  const nowMs = useNow()
  if (nowMs === null) return null
  return (
    <time dateTime={row.stateSince} title={`Since ${formatExactBoth(row.stateSince, row.timeZone)}`} className="whitespace-nowrap text-text-3">
      <span className="sr-only">for </span>
      {formatAge(row.stateSince, nowMs).replace(/ ago$/, '')}
    </time>
  )
}

export function AddressCell({ row }: Cell) {
  return (
    <span className="inline-flex max-w-full items-center gap-1.5 align-middle" title={row.plainHttp ? 'The credential travels in clear' : undefined}>
      {row.plainHttp && <LockOpen aria-label="Not encrypted" size={14} className="shrink-0 text-warn-mark" />}
      <span className={cn('truncate', row.plainHttp ? 'text-warn' : 'text-text-2')}>{address(row.baseUrl)}</span>
    </span>
  )
}

export function RunsCell({ row }: Cell) {
  const { product, api } = splitFamilyLabel(row.familyLabel)
  return (
    <>
      {product} <span className="text-text-2">{row.version === null ? 'version not reported' : shortVersion(row.version)}</span>
      {api !== null && <span className="text-xs text-text-3"> {api}</span>}
    </>
  )
}

/** What a firewall does not tell is a dash for the eye and words for the ear; never 0. */
export function Figure({ value, tone = null, title }: { value: string | null; tone?: Tone | null; title?: string | undefined }) {
  if (value === null) {
    return (
      <span className="text-text-3" title="Not reported">
        <span aria-hidden>–</span>
        <span className="sr-only">not reported</span>
      </span>
    )
  }
  return (
    <span title={title} className={cn(tone !== null && ['font-semibold', TONE_TEXT[tone]])}>
      {value}
    </span>
  )
}

export function UpOf({ up, total }: { up: number | null; total: number | null }) {
  return up === null || total === null ? <Figure value={null} /> : <Figure value={`${up}/${total}`} tone={up < total ? 'warn' : null} />
}

const rounded = (value: number): string => (value < 10 ? value.toFixed(1) : String(Math.round(value)))
export const Milliseconds = ({ value }: { value: number | null }) => <Figure value={value === null ? null : `${rounded(value)} ms`} />
export const Percent = ({ value, max }: { value: number | null; max?: number }) => (
  <Figure value={value === null ? null : `${Math.round(value)} %`} tone={value !== null && max !== undefined && value >= max ? 'warn' : null} />
)
export const DISK_MAX = DISK_PERCENT_FULL

export function ClockCell({ row: { clockOffsetSeconds: off } }: Cell) {
  return (
    <Figure
      value={off === null ? null : off === 0 ? 'right' : `${off > 0 ? '+' : '−'}${formatDuration(Math.abs(off))}`}
      tone={off !== null && Math.abs(off) > CLOCK_OFFSET_SECONDS_MAX ? 'warn' : null}
    />
  )
}

export function UptimeCell({ row: { bootedAt, timeZone } }: Cell) {
  const nowMs = useNow()
  if (bootedAt === null || nowMs === null) return <Figure value={null} />
  return <Figure value={formatDuration((nowMs - new Date(bootedAt).getTime()) / 1000)} title={`Booted ${formatExactBoth(bootedAt, timeZone)}`} />
}

export function CertificateCell({ row: { certificateEndsAt: endsAt, timeZone } }: Cell) {
  const nowMs = useNow()
  if (endsAt === null) return <Figure value={null} />
  const days = nowMs === null ? null : (new Date(endsAt).getTime() - nowMs) / DAY_MS
  const tone = days === null || days > CERTIFICATE_SOON_DAYS ? null : days < 0 ? 'bad' : 'warn'
  return <Figure value={formatDate(endsAt, timeZone)} tone={tone} title={formatExactBoth(endsAt, timeZone)} />
}

export function TagsCell({ row }: Cell) {
  return (
    <span className="inline-flex max-w-full gap-1 overflow-hidden align-middle" title={row.tags.join(' ')}>
      {row.tags.map((tag) => (
        <Tag key={tag}>{tag}</Tag>
      ))}
    </span>
  )
}

export const Visited = ({ row }: Cell) => <Age at={row.visitedAt} intervalSeconds={row.visitIntervalSeconds} zone={row.timeZone} />
