'use client'
import { useMutation, useQuery } from '@tanstack/react-query'
import { ArrowLeft, Undo2 } from 'lucide-react'
import { useState } from 'react'
import { countWords, totalOf } from '@/components/configuration-diff/diff-words'
import { ItemRow } from '@/components/configuration-diff/item-row'
import { useFirewall } from '@/components/firewalls/detail/firewall-context'
import { reasonNotToAsk, reasonWithout } from '@/components/firewalls/detail/permissions'
import { ConfirmDialog } from '@/components/settings/confirm-dialog'
import { Age } from '@/components/ui/age'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { ProblemNotice } from '@/components/ui/problem'
import { SkeletonRows } from '@/components/ui/skeleton'
import { formatDateTime } from '@/lib/format/dates'
import { plural } from '@/lib/format/numbers'
import { revertMutations, revertQueries } from '@/lib/queries/reverts'
import type { RevertPreview } from '@/lib/reverts/dto'

type EntryPreviewProps = { revision: string; onBack: () => void; /** Going back was asked for. */ onAsked: () => void }

/** What would change if the firewall went back to one entry, from what it has now to the entry; then the act itself. */
export function EntryPreview({ revision, onBack, onAsked }: EntryPreviewProps) {
  const { firewall } = useFirewall()
  const { data, error, refetch } = useQuery(revertQueries.preview(firewall.id, revision))
  return (
    <div className="flex flex-col">
      <div className="flex flex-wrap items-center gap-3 px-5 pb-3 max-md:px-4">
        <Button icon={ArrowLeft} onClick={onBack}>
          All entries
        </Button>
        {data && <PreviewAct preview={data} onDone={onAsked} />}
      </div>
      <ProblemNotice error={error} subject={firewall.name} retry={() => void refetch()} className="mx-5 mb-5 max-md:mx-4" />
      {data === undefined ? error === null && <SkeletonRows rows={5} columns={3} rowHeight={60} /> : <Changes preview={data} />}
    </div>
  )
}

function PreviewAct({ preview, onDone }: { preview: RevertPreview; onDone: () => void }) {
  const { firewall, role } = useFirewall()
  const [asking, setAsking] = useState(false)
  const { mutate, isPending, error } = useMutation(revertMutations.start())
  const { entry, same, revision, sha256, runningSha256 } = preview
  const when = entry.at === null ? entry.id : formatDateTime(entry.at, firewall.timeZone)
  const reason = reasonWithout(role, 'firewall:manage') ?? reasonNotToAsk(firewall, role) ?? (same ? 'It does not differ from what is there now.' : null)
  return (
    <>
      <p className="min-w-60 flex-1 text-text-2">
        The entry of <span className="text-text">{when}</span>, compared <Age at={preview.observedAt} className="text-inherit" />
      </p>
      <Button variant="danger" icon={Undo2} disabledReason={reason} onClick={() => setAsking(true)}>
        Go back to this entry
      </Button>
      {asking && (
        <ConfirmDialog
          title={`Go back to the configuration of ${when}?`}
          effect={`A backup of what ${firewall.name} has now is taken first; without it nothing is changed. Then the firewall makes the entry its configuration. It reloads nothing until someone restarts it: you are asked again before that.`}
          safe="Keep what it has"
          act="Go back to this entry"
          danger
          typed={firewall.name}
          busy={isPending}
          error={error}
          onClose={() => setAsking(false)}
          onAct={() => mutate({ id: firewall.id, revision, sha256, runningSha256, confirmName: firewall.name }, { onSuccess: onDone })}
        />
      )}
    </>
  )
}

function Changes({ preview: { same, counts, sections, changes, shortened } }: { preview: RevertPreview }) {
  if (same)
    return (
      <Notice tone="plain" title="Nothing that counts differs." className="mx-5 mb-5 max-md:mx-4">
        Going back would change nothing but stamps of the firewall.
      </Notice>
    )
  return (
    <>
      <p role="status" className="px-5 pb-2 text-base max-md:px-4">
        {plural(totalOf(counts), 'thing')} would differ: {countWords(counts)}. <span className="text-text-2">Before: what it has now. After: the entry.</span>
      </p>
      {sections.map(({ section, title, counts: ofSection }) => (
        <section key={section} aria-label={title}>
          <h4 className="flex min-h-9 items-baseline gap-2 border-b border-line-2 bg-sunken px-5 py-2 font-semibold max-md:px-4">
            {title} <span className="text-xs font-normal text-text-3">{countWords(ofSection)}</span>
          </h4>
          {changes
            .filter((change) => change.section === section)
            .map((change) => (
              <ItemRow key={change.id} item={change} active={false} href={null} onActive={() => undefined} />
            ))}
        </section>
      ))}
      {shortened && <p className="px-5 py-3 text-text-2 max-md:px-4">More differs than is listed here; the counts tell all of it.</p>}
    </>
  )
}
