'use client'
import { useQuery } from '@tanstack/react-query'
import { ArrowUpRight, CheckCheck } from 'lucide-react'
import Link from 'next/link'
import { useState } from 'react'
import { ItemList } from '@/components/configuration-diff/item-list'
import { Age } from '@/components/ui/age'
import { Button } from '@/components/ui/button'
import { ButtonLink } from '@/components/ui/button-link'
import { Empty } from '@/components/ui/empty'
import { Notice } from '@/components/ui/notice'
import { ProblemNotice } from '@/components/ui/problem'
import { SkeletonRows } from '@/components/ui/skeleton'
import type { DriftDto } from '@/lib/drift/dto'
import { escapeUnseen } from '@/lib/format/unseen'
import { compareQueries } from '@/lib/queries/compare'
import { itemWords, whoWords } from './drift-words'

type DriftPanelProps = { drift: DriftDto; href: string | null; backupsHref: string; reason: string | null; onAccept: () => void }

/** What changed on one firewall since someone accepted its configuration, beside the list. */
export function DriftPanel({ drift, href, backupsHref, reason, onAccept }: DriftPanelProps) {
  const { firewall, customer, acceptedBackupId, newestBackupId, revisionNote } = drift
  return (
    <section aria-label={`Drift of ${firewall.name}`} className="min-w-0">
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2 px-5 pt-4 pb-3">
        <div className="min-w-0 flex-1 basis-64">
          <h2 className="text-base font-semibold break-words">
            <Link href={backupsHref} className="hover:underline">
              {firewall.name}
            </Link>
          </h2>
          <p className="text-text-2">
            {itemWords(drift.items)} changed since <Age at={drift.since} className="text-inherit" />, {escapeUnseen(whoWords(drift))}
            {revisionNote !== null && (
              <>
                {': '}
                <q>{escapeUnseen(revisionNote)}</q>
              </>
            )}
          </p>
          <p className="text-xs text-text-3">{customer.name}</p>
        </div>
        <div className="flex flex-wrap items-center gap-2">
          {href !== null && (
            <ButtonLink href={href} icon={ArrowUpRight}>
              Open the comparison
            </ButtonLink>
          )}
          <Button variant="primary" icon={CheckCheck} disabledReason={reason} onClick={onAccept}>
            Accept
          </Button>
        </div>
      </div>
      {acceptedBackupId === null ? (
        <Empty title="There is nothing to compare with.">No backup of this firewall could be read before this one. Accepting makes this one the first.</Empty>
      ) : (
        <PanelItems before={acceptedBackupId} after={newestBackupId} />
      )}
    </section>
  )
}

function PanelItems({ before, after }: { before: string; after: string }) {
  const { data, error, refetch } = useQuery(compareQueries.summary({ before, after }))
  const [item, setItem] = useState<string | null>(null)
  if (error) return <ProblemNotice error={error} retry={() => void refetch()} className="mx-5" />
  if (data === undefined) return <SkeletonRows rows={6} columns={3} rowHeight={60} />
  if (data.problem !== null) {
    return (
      <Notice tone="warn" className="mx-5" title="The two cannot be compared.">
        {data.problem}
      </Notice>
    )
  }
  return <ItemList comparison={data} section={null} search="" item={item} onItem={setItem} onClear={() => undefined} hrefOf={() => null} />
}
