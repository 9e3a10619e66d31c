'use client'
import { useQuery } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import { PageHeader } from '@/components/layout/page-header'
import { Age } from '@/components/ui/age'
import { ButtonLink } from '@/components/ui/button-link'
import { ProblemNotice } from '@/components/ui/problem'
import { SkeletonRows } from '@/components/ui/skeleton'
import type { EnrolmentSummary } from '@/lib/enrolment/dto'
import { FOR_A_PERSON, ROW_STATES } from '@/lib/enrolment/states'
import { enrolmentQueries, failedHref } from '@/lib/queries/enrolment'
import { fileSentence } from './file-sentence'
import { QuietGroup } from './quiet-group'
import { TaskGroup } from './task-group'

/** One file: what waits for a person first, then how far the rest is. */
export function FilePage({ id }: { id: string }) {
  const { data: file, error, refetch } = useQuery(enrolmentQueries.one(id))
  return (
    <>
      <PageHeader
        title={file?.fileName ?? 'A file'}
        crumbs={[
          { label: 'Firewalls', href: '/firewalls' },
          { label: 'Enrol from a file', href: '/firewalls/import' },
        ]}
      />
      {error && <ProblemNotice error={error} retry={() => void refetch()} className="mx-5 my-3" />}
      {file ? <Groups file={file} /> : !error && <SkeletonRows rows={10} columns={4} />}
    </>
  )
}

function Groups({ file }: { file: EnrolmentSummary }) {
  const notEnrolled = FOR_A_PERSON.reduce((sum, state) => sum + file.counts[state], 0)
  return (
    <div className="flex flex-col">
      <div className="flex flex-col gap-3 px-5 py-5 max-md:px-4">
        <p role="status" className="max-w-3xl text-lg">
          {fileSentence(file)}
        </p>
        <Progress file={file} />
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2 text-text-3">
          <span>
            Taken <Age at={file.createdAt} />. Forgotten after 30 days, with the credentials that are still in it.
          </span>
          {notEnrolled > 0 && (
            <ButtonLink href={failedHref(file.id)} size="sm" icon={Download} prefetch={false} download>
              Download what is not enrolled, without credentials
            </ButtonLink>
          )}
        </div>
      </div>
      {ROW_STATES.filter((state) => file.counts[state] > 0).map((state) =>
        state === 'waits-for-trust' || state === 'failed' || state === 'differs' ? (
          <TaskGroup key={state} fileId={file.id} state={state} count={file.counts[state]} />
        ) : (
          <QuietGroup key={state} fileId={file.id} state={state} count={file.counts[state]} />
        ),
      )}
    </div>
  )
}

/** A thin bar: ended lines, then those that need a person, over all. The sentence above says the same. */
function Progress({ file: { total, counts } }: { file: EnrolmentSummary }) {
  const share = (count: number): string => `${(count / Math.max(1, total)) * 100}%`
  return (
    <div aria-hidden className="flex h-1.5 max-w-3xl overflow-hidden rounded-full bg-line">
      <div className="bg-good-mark" style={{ width: share(counts.enrolled + counts.unchanged) }} />
      <div className="bg-you-mark" style={{ width: share(counts['waits-for-trust']) }} />
      <div className="bg-bad-mark" style={{ width: share(counts.failed) }} />
    </div>
  )
}
