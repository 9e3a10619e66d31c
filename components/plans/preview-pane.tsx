'use client'
import { ChevronDown, ChevronRight, RefreshCw } from 'lucide-react'
import { useMemo, useState } from 'react'
import { Age } from '@/components/ui/age'
import { arriving } from '@/components/ui/arriving'
import { Button } from '@/components/ui/button'
import { Empty } from '@/components/ui/empty'
import { ProblemNotice } from '@/components/ui/problem'
import { SkeletonRows } from '@/components/ui/skeleton'
import { useMedia } from '@/components/ui/use-media'
import { VirtualTable } from '@/components/ui/virtual-table'
import { cn } from '@/lib/core/cn'
import { formatDayMonth } from '@/lib/format/dates'
import { formatCount, plural } from '@/lib/format/numbers'
import type { PlanPreview, PreviewRow } from '@/lib/plans/dto'
import type { PlanKind, PreviewGroup } from '@/lib/plans/words'
import { PreviewCard, previewColumns, rowRail } from './preview-columns'
import { previewItems } from './preview-items'
import { ownZone, rebootWords } from './plan-words'

const FirewallOfferView = arriving(() => import('./firewall-offer').then((module) => module.FirewallOfferView))

type PreviewPaneProps = {
  preview: PlanPreview | null
  /** The next one is on its way; the one before stays. */
  working: boolean
  error: unknown
  kind: PlanKind
  open: ReadonlySet<PreviewGroup>
  onOpen: (group: PreviewGroup) => void
  onAgain: () => void
}

/** What the plan would do, worked out from stored state. */
export function PreviewPane({ preview, working, error, kind, open, onOpen, onAgain }: PreviewPaneProps) {
  return (
    <section aria-label="What would happen" aria-busy={working} className="min-w-0">
      <div className="flex flex-col gap-2 px-5 py-3 max-md:px-4">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <h2 className="font-semibold">What would happen</h2>
          <p className="text-xs text-text-3">{preview === null ? (error ? '' : 'being worked out from stored state, nothing is sent') : <Worked at={preview.workedOutAt} working={working} />}</p>
          <Button size="sm" variant="quiet" icon={RefreshCw} busy={working} aria-label="Work it out again" onClick={onAgain} className="ml-auto px-1.5" />
        </div>
        {preview && <Sum preview={preview} />}
        <ProblemNotice error={error} retry={onAgain} />
      </div>
      {preview === null ? error === null && <SkeletonRows rows={12} columns={6} /> : <PreviewTable preview={preview} kind={kind} open={open} onOpen={onOpen} />}
    </section>
  )
}

function Worked({ at, working }: { at: string; working: boolean }) {
  return working ? (
    <>working it out again, nothing is sent</>
  ) : (
    <>
      worked out <Age at={at} className="text-inherit" /> from stored state, nothing is sent
    </>
  )
}

const PARTS = [
  ['on-its-own', 'on its own', 'on their own', 'bg-text-2', 'text-text-2'],
  ['needs-person', 'needs a person', 'need a person', 'bg-you-mark', 'text-you'],
  ['cannot-run', 'cannot run', 'cannot run', 'bg-bad-mark', 'text-bad'],
] as const

function Sum({ preview: { sentence, counts, matched, doneBy, reboots, rebootsUnknown, haPairs, sitesWithoutHa } }: { preview: PlanPreview }) {
  const shown = PARTS.filter(([group]) => counts[group] > 0)
  return (
    <>
      <p role="status" className="text-lg font-semibold">
        {sentence}
        {doneBy !== null && ` Done by ${formatDayMonth(doneBy)}.`}
      </p>
      {matched > 0 && (
        <div aria-hidden className="flex h-2 gap-0.5 forced-colors:border">
          {shown.map(([group, , , ground]) => (
            <span key={group} className={cn('min-w-1', ground)} style={{ width: `${(100 * counts[group]) / matched}%` }} />
          ))}
        </div>
      )}
      {matched > 0 && (
        <p className="flex flex-wrap gap-x-5 gap-y-0.5 text-xs tabular-nums">
          {shown.map(([group, one, many, , colour]) => (
            <span key={group} className={colour}>
              {formatCount(counts[group])} {counts[group] === 1 ? one : many}
            </span>
          ))}
          <span className="ml-auto text-text-2">{[rebootWords({ reboots, rebootsUnknown }), plural(haPairs, 'HA pair'), `${plural(sitesWithoutHa, 'site')} without HA`].join(', ')}</span>
        </p>
      )}
    </>
  )
}

/** Beside the form only on wide screens; below it there is room again. What is left out stands in the opened row. */
const ROOMY = '(min-width: 86rem), (min-width: 56rem) and (max-width: 1119.98px)'

type TableProps = { preview: PlanPreview; kind: PlanKind; open: ReadonlySet<PreviewGroup>; onOpen: (group: PreviewGroup) => void }

function PreviewTable({ preview, kind, open, onOpen }: TableProps) {
  const [expanded, setExpanded] = useState<ReadonlySet<string>>(new Set())
  const roomy = useMedia(ROOMY)
  const items = useMemo(() => previewItems(preview, open), [preview, open])
  if (preview.matched === 0) return <Empty title="No firewall matches.">Remove a condition, or change it. Nothing can be approved without a firewall.</Empty>
  const toggle = (id: string): void => setExpanded((before) => (before.has(id) ? new Set([...before].filter((each) => each !== id)) : new Set([...before, id])))
  const opener = (row: PreviewRow) => {
    const isOpen = expanded.has(row.firewall.id)
    const Chevron = isOpen ? ChevronDown : ChevronRight
    return (
      <button type="button" aria-expanded={isOpen} title={row.firewall.name} onClick={() => toggle(row.firewall.id)} className="-ml-1 flex h-6 max-w-full items-center gap-1 rounded-sm font-medium hover:underline">
        <Chevron aria-hidden size={14} className="shrink-0 text-text-3" />
        <span className="truncate">{row.firewall.name}</span>
      </button>
    )
  }
  return (
    <VirtualTable
      rows={items}
      columns={previewColumns(ownZone(preview.workedOutAt), opener, roomy)}
      rowKey={({ key }) => key}
      caption="What each firewall would do"
      rail={rowRail}
      heading={(item) =>
        item.kind === 'head' ? (
          item.title
        ) : item.kind === 'more' ? (
          <button type="button" onClick={() => onOpen(item.group)} className="inline-flex min-h-6 items-center gap-1 rounded-sm hover:text-text hover:underline max-md:min-h-11">
            {item.words}
            <ChevronDown aria-hidden size={14} />
          </button>
        ) : null
      }
      expanded={expanded}
      renderExpanded={(item) => (item.kind === 'row' ? <FirewallOfferView row={item.row} kind={kind} /> : null)}
      card={(item) => (item.kind === 'row' ? <PreviewCard row={item.row} /> : null)}
      onOpen={(item) => item.kind === 'row' && toggle(item.row.firewall.id)}
    />
  )
}
