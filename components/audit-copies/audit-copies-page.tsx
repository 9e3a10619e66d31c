'use client'
import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Empty } from '@/components/ui/empty'
import { Notice } from '@/components/ui/notice'
import { ProblemNotice } from '@/components/ui/problem'
import { SkeletonRows } from '@/components/ui/skeleton'
import { VirtualTable } from '@/components/ui/virtual-table'
import type { CopyDto } from '@/lib/audit-copies/input'
import { COPY_STATES } from '@/lib/audit-copies/states'
import { formatClock } from '@/lib/format/dates'
import { auditCopyQueries } from '@/lib/queries/audit-copies'
import { RemoveCopyDialog } from './copy-acts'
import { CopyCard, copyColumns } from './copy-columns'
import { CopyDialog } from './copy-dialog'
import { COPY_LOOKS, copiesSentence } from './copy-words'

const worstFirst = (copies: readonly CopyDto[]): CopyDto[] => [...copies].sort((a, b) => COPY_STATES.indexOf(a.state) - COPY_STATES.indexOf(b.state))

/** Where the audit log is copied to, and whether it arrives. */
export function AuditCopiesPage() {
  const [open, setOpen] = useState<CopyDto | 'create' | null>(null)
  const [removing, setRemoving] = useState<CopyDto | null>(null)
  const { data, error, isPending, refetch } = useQuery(auditCopyQueries.list())
  const copies = worstFirst(data?.items ?? [])
  const add = (
    <Button icon={Plus} variant={data && copies.length === 0 ? 'primary' : 'secondary'} onClick={() => setOpen('create')}>
      Add a copy
    </Button>
  )
  return (
    <>
      <h2 className="sr-only">Audit copies</h2>
      <ProblemNotice error={error} retry={() => void refetch()} className="mx-5 my-4 max-md:mx-4" />
      {data && copies.length === 0 && (
        <Empty title="The audit log stands here alone" action={add}>
          A copy on another machine shows what somebody changed or removed here. Send it to your syslog receiver, or let it be written into files that a log
          shipper takes away.
        </Empty>
      )}
      {copies.length > 0 && (
        <>
          <div className="flex flex-wrap items-center gap-x-6 gap-y-3 px-5 py-4 max-md:px-4">
            <div className="min-w-60 flex-1">
              <p className="min-h-6 text-lg">{copiesSentence(copies)}</p>
              <p className="text-text-2">Each entry arrives at least once and in order; its number and hash are with it.</p>
            </div>
            {add}
          </div>
          <Troubles copies={copies} />
          <VirtualTable
            caption="Copies of the audit log"
            rows={copies}
            columns={copyColumns(setOpen)}
            rowHeight={40}
            rowKey={(copy) => copy.id}
            rail={({ state }) => (state === 'failing' || state === 'behind' ? COPY_LOOKS[state].role : null)}
            card={(copy) => <CopyCard copy={copy} onEdit={setOpen} />}
          />
        </>
      )}
      {isPending && <SkeletonRows rows={3} columns={5} rowHeight={40} />}
      {open !== null && (
        <CopyDialog
          copy={open === 'create' ? null : open}
          onRemove={(copy) => {
            setOpen(null)
            setRemoving(copy)
          }}
          onClose={() => setOpen(null)}
        />
      )}
      {removing !== null && <RemoveCopyDialog copy={removing} onClose={() => setRemoving(null)} />}
    </>
  )
}

/** Why copies do not arrive, and when they are tried again. */
function Troubles({ copies }: { copies: readonly CopyDto[] }) {
  const failing = copies.filter(({ state, lastError }) => state === 'failing' && lastError !== null)
  if (failing.length === 0) return null
  return (
    <div className="flex flex-col gap-2 px-5 pb-4 max-md:px-4">
      {failing.map(({ id, name, lastError, nextTryAt }) => (
        <Notice key={id} tone="bad" className="max-w-3xl" title={`${name} does not arrive.`}>
          {lastError} {nextTryAt !== null && `We try again at ${formatClock(nextTryAt)}. Nothing is lost meanwhile.`}
        </Notice>
      ))}
    </div>
  )
}
