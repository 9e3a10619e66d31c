'use client'
import { ArrowLeftRight } from 'lucide-react'
import Link from 'next/link'
import { Tag } from '@/components/ui/badge'
import { ButtonLink } from '@/components/ui/button-link'
import type { Comparison, CompareSide } from '@/lib/configuration/dto'
import { formatDateTime, formatExact } from '@/lib/format/dates'
import { escapeUnseen } from '@/lib/format/unseen'
import { shortVersion } from '@/lib/format/versions'

type SidesHeadProps = { comparison: Comparison; /** The address with the sides changed. */ swapHref: string; within: (href: string) => string }

/** Whose configurations they are, from when, and who made them so. */
export function SidesHead({ comparison: { before, after }, swapHref, within }: SidesHeadProps) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_auto_minmax(0,1fr)] items-center gap-x-4 gap-y-3 px-5 py-4 max-md:grid-cols-1 max-md:px-4">
      <Side word="Before" side={before} within={within} />
      <ButtonLink
        href={swapHref}
        variant="quiet"
        shape="icon"
        icon={ArrowLeftRight}
        replace
        scroll={false}
        aria-label="Swap before and after"
        title="Swap before and after"
        className="max-md:justify-self-start"
      />
      <Side word="After" side={after} within={within} />
    </div>
  )
}

function Side({ word, side, within }: { word: string; side: CompareSide; within: (href: string) => string }) {
  const { firewall, customer, takenAt, version, revisedBy, revisedAt, revisionNote, format } = side
  const made = [revisedBy === null ? null : `by ${escapeUnseen(revisedBy)}`, revisedAt === null ? null : formatDateTime(revisedAt)]
    .filter((part) => part !== null)
    .join(', ')
  return (
    <section aria-label={word} className="flex min-w-0 flex-col gap-0.5">
      <p className="text-xs text-text-3">{word}</p>
      <p className="flex min-w-0 flex-wrap items-center gap-x-2">
        <Link href={within(`/firewalls/${firewall.id}/backups`)} className="max-w-full truncate font-semibold hover:underline">
          {firewall.name}
        </Link>
        <span className="truncate text-text-2">{customer.name}</span>
        {format === 'json' && <Tag dashed>for comparison only</Tag>}
      </p>
      <p className="text-text-2">
        Backup of{' '}
        <time dateTime={takenAt} title={formatExact(takenAt)}>
          {formatDateTime(takenAt)}
        </time>
        {version !== null && `, version ${shortVersion(version)}`}
      </p>
      <p className="text-xs break-words text-text-2">
        {made === '' && revisionNote === null ? 'The firewall does not tell who changed it.' : made === '' ? 'Changed' : `Changed ${made}`}
        {revisionNote !== null && <q className="ml-1">{escapeUnseen(revisionNote)}</q>}
      </p>
    </section>
  )
}
