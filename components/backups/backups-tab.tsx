'use client'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { compareHref } from '@/components/configuration-diff/compare-href'
import { AcceptDialog } from '@/components/drift/accept-dialog'
import { useFirewall } from '@/components/firewalls/detail/firewall-context'
import { reasonWithout } from '@/components/firewalls/detail/permissions'
import { useUrlParam } from '@/components/firewalls/detail/use-url-param'
import { useCustomerScope } from '@/components/layout/customer-scope'
import { GoBack } from '@/components/reverts/go-back'
import { RestoreDialog } from '@/components/reverts/restore-dialog'
import { Empty } from '@/components/ui/empty'
import { LoadMore } from '@/components/ui/load-more'
import { Notice } from '@/components/ui/notice'
import { ProblemNotice } from '@/components/ui/problem'
import { SkeletonRows } from '@/components/ui/skeleton'
import type { BackupDto } from '@/lib/backups/dto'
import { backupQueries } from '@/lib/queries/backups'
import { driftQueries } from '@/lib/queries/drift'
import { chosenSides } from './chosen-sides'
import { CompareBar } from './compare-bar'
import { DownloadDialog } from './download-dialog'
import { OtherFirewallDialog } from './other-firewall-dialog'
import { StandsAside } from './stands-aside'
import { StandsHead } from './stands-head'
import { TakeProgress } from './take-now'
import { Timeline } from './timeline'
import { useReloadWhenTaken } from './use-reload-when-taken'

/** The kept configurations of one firewall. */
export function BackupsTab() {
  const { firewall, role } = useFirewall()
  const lacks = reasonWithout(role, 'backup:read')
  const { data, error, refetch } = useQuery({ ...backupQueries.state(firewall.id), enabled: lacks === null })
  useReloadWhenTaken(data?.task?.finishedAt ?? null)
  if (lacks !== null) {
    return (
      <Notice tone="plain" title="Backups cannot be read by you." className="m-5 max-md:m-4">
        {lacks}
      </Notice>
    )
  }
  return (
    <div className="flex max-xl:flex-col">
      <section aria-label="Backups" className="min-w-0 flex-1">
        <ProblemNotice error={error} retry={() => void refetch()} className="m-5" />
        {data === undefined ? (
          error === null && <SkeletonRows rows={10} columns={6} rowHeight={40} />
        ) : (
          <>
            <StandsHead backups={data} />
            <TakeProgress backups={data} />
            <Kept allowed={data.possible} />
            <GoBack />
          </>
        )}
      </section>
      {data && <StandsAside backups={data} />}
    </div>
  )
}

type Asking = { what: 'download' | 'other' | 'accept' | 'restore'; backup: BackupDto }

/** The timeline with what can be done with one of them. */
function Kept({ allowed }: { allowed: boolean }) {
  const router = useRouter()
  const { within } = useCustomerScope()
  const { firewall, role } = useFirewall()
  const [before, setBefore] = useUrlParam('before')
  const [after, setAfter] = useUrlParam('after')
  const [asking, setAsking] = useState<Asking | null>(null)
  const list = useInfiniteQuery(backupQueries.list(firewall.id))
  const drift = useQuery(driftQueries.of(firewall.id)).data
  const backups = list.data?.pages.flatMap((page) => page.items) ?? []
  const sides = chosenSides(backups, { before, after })
  if (list.error) return <ProblemNotice error={list.error} retry={() => void list.refetch()} className="m-5" />
  if (list.data === undefined) return <SkeletonRows rows={10} columns={6} rowHeight={40} />
  if (backups.length === 0) return <NoBackup allowed={allowed} />
  const ask = (what: Asking['what']) => (backup: BackupDto) => setAsking({ what, backup })
  const downloadReason = reasonWithout(role, 'backup:download')
  const close = (): void => setAsking(null)
  const wasAccepted = ({ id }: BackupDto): boolean => drift?.acceptances.some(({ backupId }) => backupId === id) === true
  return (
    <>
      {backups.length > 1 && <CompareBar backups={backups} sides={sides} />}
      <Timeline
        backups={backups}
        total={list.data.pages[0]?.total ?? backups.length}
        sides={sides}
        onSide={(side, id) => (side === 'before' ? setBefore(id) : setAfter(id))}
        acts={{
          onDownload: ask('download'),
          onAccept: ask('accept'),
          onRestore: ask('restore'),
          onCompareOther: ask('other'),
          onCompareEarlier: (backup, place) => {
            const earlier = backups[place + 1]
            if (earlier) router.push(within(compareHref(earlier.id, backup.id)))
          },
          downloadReason,
          acceptReason: (backup) =>
            backup.isAccepted
              ? 'It is the accepted one.'
              : backup.isNewest || wasAccepted(backup)
                ? null
                : 'Only the newest one, or one that was accepted before, can be accepted.',
          isLast: (place) => place === backups.length - 1,
          alone: backups.length === 1,
        }}
      />
      <LoadMore more={list.hasNextPage} busy={list.isFetchingNextPage} onMore={() => void list.fetchNextPage()} what="backups" />
      {asking?.what === 'download' && <DownloadDialog backup={asking.backup} onClose={close} />}
      {asking?.what === 'restore' && (
        <RestoreDialog backup={asking.backup} onClose={close} onDownload={downloadReason === null ? () => ask('download')(asking.backup) : null} />
      )}
      {asking?.what === 'other' && <OtherFirewallDialog backup={asking.backup} onClose={close} />}
      {asking?.what === 'accept' && (
        <AcceptDialog
          firewall={firewall}
          backupId={asking.backup.id}
          again={!asking.backup.isNewest}
          what={asking.backup.isNewest ? 'The newest configuration' : 'A configuration that was accepted before'}
          onClose={close}
        />
      )}
    </>
  )
}

function NoBackup({ allowed }: { allowed: boolean }) {
  return (
    <Empty title="There is no backup yet.">
      {allowed
        ? 'The first one is taken ten minutes after the firewall was enrolled, then one each night when something changed, and one before Palisade changes anything.'
        : 'Once it is allowed, one is taken each night when something changed, and before Palisade changes anything.'}
    </Empty>
  )
}
