'use client'
import { useState } from 'react'
import { useSingleKey } from '@/components/firewalls/detail/use-single-key'
import { arriving } from '@/components/ui/arriving'
import { Dialog } from '@/components/ui/dialog'
import { KeysDialog } from '@/components/ui/keys-dialog'
import { usePhone } from '@/components/ui/use-media'
import type { PlanRun, RunRing } from '@/lib/plan-runs/dto'
import type { PlanState } from '@/lib/plans/states'
import { RingColumn } from './ring-column'
import { keepFirst, shownJob } from './shown-job'

const JobPanel = arriving(() => import('@/components/updates/job-panel').then((module) => module.JobPanel))

const RUN_KEYS = [
  ['j', 'Next firewall'],
  ['k', 'Previous firewall'],
  ['Enter', 'To what is known of it'],
  ['p', 'Pause after the running'],
  ['Esc', 'Select none'],
  ['?', 'These keys'],
] as const

type RunViewProps = { run: PlanRun; planState: PlanState; /** All firmware work is. */ isStopped: boolean; selected: string | null; onSelect: (id: string) => void; onMore: (() => void) | null; onEach: (() => void) | null }

/** What happens now has more room than what is over or to come. */
const columns = (rings: readonly RunRing[]): string => rings.map(({ state }) => (state === 'open' || state === 'soaking' || state === 'halted' ? 'minmax(360px,1.5fr)' : 'minmax(300px,1fr)')).join(' ')

/** The rings side by side, on a phone one below the other, and what is known of the selected firewall. */
export function RunView({ run, planState, isStopped, selected, onSelect, onMore, onEach }: RunViewProps) {
  const phone = usePhone()
  const [keys, setKeys] = useState(false)
  const jobs = run.rings.flatMap((ring) => ring.jobs)
  const [held, setFirst] = useState<string | null>(null)
  const [closed, setClosed] = useState(false)
  const first = keepFirst(held, run)
  if (first !== held) setFirst(first)
  const shown = shownJob({ selected, first, closed }, phone)
  const close = (): void => {
    setClosed(true)
    onSelect('')
  }
  const move = (step: number): void => {
    const at = jobs.findIndex(({ id }) => id === shown)
    const next = jobs[at === -1 ? 0 : at + step]
    if (!next) return
    onSelect(next.id)
    document.querySelector<HTMLElement>(`[data-job="${next.id}"]`)?.focus()
  }
  useSingleKey('j', () => move(1))
  useSingleKey('k', () => move(-1))
  useSingleKey('?', () => setKeys(true))
  useSingleKey('Escape', close)
  const openJob = (): void => {
    const heading = document.getElementById('job')
    heading?.focus()
    heading?.scrollIntoView({ block: 'nearest' })
  }
  return (
    <>
      <div
        onKeyDown={(event) => {
          // A second Enter on the selected one leads to what is known of it.
          const on = event.target instanceof HTMLElement ? event.target.dataset['job'] : undefined
          if (event.key !== 'Enter' || on === undefined || on !== shown || phone) return
          event.preventDefault()
          openJob()
        }}
        className="grid min-w-0 border-b border-line-2 max-md:block md:max-h-[52dvh] md:grid-rows-[minmax(0,1fr)] md:divide-x md:divide-line-2 md:overflow-x-auto"
        style={phone ? {} : { gridTemplateColumns: columns(run.rings) }}
      >
        {run.rings.map((ring) => (
          <RingColumn key={ring.id} ring={ring} isStopped={isStopped} selected={shown} onSelect={onSelect} onMore={onMore} onEach={onEach} />
        ))}
      </div>
      {shown !== null &&
        (phone ? (
          <Dialog open shape="side" title={jobs.find(({ id }) => id === shown)?.firewall.name ?? 'Firewall'} onOpenChange={(stays) => !stays && close()}>
            <div className="-mx-6">
              <JobPanel id={shown} planState={planState} retried={jobs.find(({ id }) => id === shown)?.retried ?? false} named={false} />
            </div>
          </Dialog>
        ) : (
          <section aria-label="Selected firewall">
            <JobPanel key={shown} id={shown} planState={planState} retried={jobs.find(({ id }) => id === shown)?.retried ?? false} />
          </section>
        ))}
      {shown === null && !phone && jobs.length > 0 && <p className="px-5 py-3 text-text-3">Select a firewall to see its timeline, what was compared, and its log.</p>}
      <KeysDialog keys={RUN_KEYS} open={keys} onOpenChange={setKeys} />
    </>
  )
}
