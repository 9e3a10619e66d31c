'use client'
import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { BellOff } from 'lucide-react'
import { useState } from 'react'
import { reasonWithout, roleAt } from '@/components/firewalls/detail/permissions'
import { useCustomerScope } from '@/components/layout/customer-scope'
import { useCustomerName } from '@/components/layout/customer-switcher'
import { PageHeader } from '@/components/layout/page-header'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Empty } from '@/components/ui/empty'
import { LoadMore } from '@/components/ui/load-more'
import { ProblemNotice } from '@/components/ui/problem'
import { SkeletonRows } from '@/components/ui/skeleton'
import { toast } from '@/components/ui/toast'
import { roleMay } from '@/lib/auth/roles'
import type { MeDto } from '@/lib/auth/input'
import { silenceMutations, silenceQueries } from '@/lib/queries/silences'
import { useMe } from '@/lib/queries/use-me'
import { SILENCE_TIMES, type SilenceDto, type SilenceTime } from '@/lib/silences/input'
import { SilenceForm } from './silence-form'
import { SilenceTable } from './silence-table'

const TITLES = { now: 'Now', coming: 'Coming', past: 'Past' } as const satisfies Record<SilenceTime, string>

/** Why this person cannot silence everything that the page is about; null when they can. */
function reasonAt(me: MeDto | undefined, customerId: string | null): string | null {
  if (me === undefined) return null
  if (customerId !== null) return reasonWithout(roleAt(me, customerId), 'alert:act')
  return me.scopes.some((scope) => scope.customerId === null && roleMay(scope.role, 'alert:act')) ? null : 'This needs an operator of all customers. Choose one customer, or silence from an alert.'
}

/** When and where alerts tell nobody. */
export function SilencesPage() {
  const me = useMe()
  const { customerId, within } = useCustomerScope()
  const name = useCustomerName(customerId)
  const [creating, setCreating] = useState(false)
  const [ending, setEnding] = useState<SilenceDto | null>(null)
  return (
    <>
      <PageHeader title="Silences" crumbs={[{ label: 'Alerts', href: within('/alerts') }]}>
        <Button icon={BellOff} disabledReason={reasonAt(me, customerId)} onClick={() => setCreating(true)}>
          Silence
        </Button>
      </PageHeader>
      <p className="max-w-3xl px-5 py-3 text-text-2 max-md:px-4">While a silence holds, alerts of its place are seen and counted, and channels are told nothing. What still holds when it ends is told then.</p>
      {SILENCE_TIMES.map((time) => (
        <SilenceSection key={time} time={time} customerId={customerId} onEnd={setEnding} />
      ))}
      {creating && (
        <Dialog open onOpenChange={setCreating} title={customerId === null ? 'Silence all customers' : `Silence ${name}`} description="Channels are told nothing until it ends. To silence one firewall or one kind, begin at its alert.">
          <SilenceForm choices={[customerId === null ? { label: 'Everything, of all customers', place: {} } : { label: `Everything of ${name}`, place: { customerId } }]} reason="" onClose={() => setCreating(false)} onDone={() => setCreating(false)} />
        </Dialog>
      )}
      {ending && <EndDialog silence={ending} onClose={() => setEnding(null)} />}
    </>
  )
}

function SilenceSection({ time, customerId, onEnd }: { time: SilenceTime; customerId: string | null; onEnd: (silence: SilenceDto) => void }) {
  const { data, error, isPending, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(silenceQueries.list(time, customerId))
  const items = data?.pages.flatMap((page) => page.items) ?? []
  // Nothing to come is no news.
  if (time !== 'now' && data !== undefined && items.length === 0) return null
  return (
    <section aria-label={TITLES[time]} className="pb-4">
      <h2 className="flex h-9 items-center border-b border-line-2 bg-sunken px-5 text-xs text-text-2 max-md:px-4">{TITLES[time]}</h2>
      <ProblemNotice error={error} retry={() => void refetch()} className="mx-5 my-3" />
      {isPending && <SkeletonRows rows={2} columns={4} rowHeight={40} />}
      {data && items.length === 0 && <Empty title="Nothing is silent">Every alert that opens is told to the channels that want it. Silence one from the alert itself: it takes two keys.</Empty>}
      {items.length > 0 && <SilenceTable silences={items} onEnd={time === 'past' ? null : onEnd} />}
      <LoadMore more={hasNextPage} busy={isFetchingNextPage} onMore={() => void fetchNextPage()} what="silences" />
    </section>
  )
}

function EndDialog({ silence, onClose }: { silence: SilenceDto; onClose: () => void }) {
  const { mutate, isPending, error } = useMutation(silenceMutations.end())
  const end = (): void =>
    mutate(silence.id, {
      onSuccess: () => {
        toast.good('The silence is over.')
        onClose()
      },
    })
  return (
    <Dialog
      open
      onOpenChange={(stays) => !stays && onClose()}
      title="End this silence"
      description={silence.alerts === 0 ? 'Nothing is open under it.' : 'What is open under it is told to its channels now.'}
      footer={
        <>
          <Button onClick={onClose}>Leave it silent</Button>
          <Button variant="primary" busy={isPending} onClick={end}>
            End the silence
          </Button>
        </>
      }
    >
      <ProblemNotice error={error} />
    </Dialog>
  )
}
