'use client'
import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { Check, RotateCw } from 'lucide-react'
import { useState } from 'react'
import { useFirewall } from '@/components/firewalls/detail/firewall-context'
import { LookWord } from '@/components/firewalls/detail/looks'
import { reasonNotToAsk, reasonWithout } from '@/components/firewalls/detail/permissions'
import { ConfirmDialog } from '@/components/settings/confirm-dialog'
import { Age } from '@/components/ui/age'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { ProblemNotice } from '@/components/ui/problem'
import { TONE_TEXT, type Tone } from '@/components/ui/tone'
import { cn } from '@/lib/core/cn'
import { formatDateTime } from '@/lib/format/dates'
import { revertMutations, revertQueries } from '@/lib/queries/reverts'
import type { RevertDto } from '@/lib/reverts/dto'
import { isFinalRevert, REVERT_WORDS, type RevertState } from '@/lib/reverts/states'
import { placeOnWay, REVERT_WAY, revertLook } from './revert-looks'

const EARLIER_MAX = 4
const TONES: Partial<Record<RevertState, Tone>> = { stored: 'you', done: 'good', failed: 'bad', unknown: 'warn', stopped: 'warn' }

/** How the newest way back stands, what a person has to decide, and how the ones before it ended. */
export function RevertProgress() {
  const { firewall } = useFirewall()
  const list = useInfiniteQuery(revertQueries.list(firewall.id))
  const [newest, ...earlier] = list.data?.pages.flatMap(({ items }) => items) ?? []
  if (list.error) return <ProblemNotice error={list.error} retry={() => void list.refetch()} className="mx-5 mb-5 max-md:mx-4" />
  if (!newest) return null
  return (
    <div className="flex flex-col gap-3 px-5 pb-4 max-md:px-4">
      <Newest revert={newest} />
      {earlier.length > 0 && (
        <ul aria-label="Earlier ways back" className="flex flex-col gap-1 text-xs text-text-2">
          {earlier.slice(0, EARLIER_MAX).map((revert) => (
            <li key={revert.id} className="flex flex-wrap items-center gap-x-3">
              <LookWord look={revertLook(revert.state)} />
              <span>
                to {entryWords(revert, firewall.timeZone)}, asked by {revert.askedBy}{' '}
                <Age at={revert.createdAt} zone={firewall.timeZone} className="text-inherit" />
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

const entryWords = ({ entry }: RevertDto, zone: string): string => (entry.at === null ? entry.id : formatDateTime(entry.at, zone))

function Newest({ revert }: { revert: RevertDto }) {
  const { firewall } = useFirewall()
  const { state, message } = revert
  const { word, sentence } = REVERT_WORDS[state]
  const look = revertLook(state)
  return (
    <Notice tone={TONES[state] ?? 'plain'} icon={look.icon} role="status" title={word} actions={state === 'stored' && <Restart revert={revert} />}>
      <p>{message ?? sentence}</p>
      <p className="text-xs text-text-3">
        To the entry of {entryWords(revert, firewall.timeZone)}. Asked by {revert.askedBy}{' '}
        <Age at={revert.createdAt} zone={firewall.timeZone} className="text-inherit" />
        {revert.restartAskedBy !== null && <>, the restart by {revert.restartAskedBy}</>}.
      </p>
      {!isFinalRevert(state) && <Way state={state} />}
    </Notice>
  )
}

/** Where on the way it is: what is behind it, what it does now, what is still to come. */
function Way({ state }: { state: RevertState }) {
  const at = placeOnWay(state)
  return (
    <ol aria-label="How far it is" className="mt-2 flex flex-wrap gap-x-4 gap-y-1 text-xs">
      {REVERT_WAY.map((each, place) => {
        const { icon: Icon } = revertLook(each)
        const here = place === at
        return (
          <li
            key={each}
            aria-current={here ? 'step' : undefined}
            className={cn('flex items-center gap-1.5', here ? 'font-semibold text-text' : place < at ? 'text-text-2' : 'text-text-3')}
          >
            {place < at ? <Check aria-hidden size={12} /> : <Icon aria-hidden size={12} className={cn(here && each === 'stored' && TONE_TEXT.you)} />}
            {REVERT_WORDS[each].word}
            {place < at && <span className="sr-only">, done</span>}
          </li>
        )
      })}
    </ol>
  )
}

function Restart({ revert }: { revert: RevertDto }) {
  const { firewall, role } = useFirewall()
  const [asking, setAsking] = useState(false)
  const { mutate, isPending, error } = useMutation(revertMutations.restart())
  return (
    <>
      <Button
        variant="danger"
        icon={RotateCw}
        disabledReason={reasonWithout(role, 'firewall:manage') ?? reasonNotToAsk(firewall, role)}
        onClick={() => setAsking(true)}
      >
        Restart {firewall.name}
      </Button>
      {asking && (
        <ConfirmDialog
          title={`Restart ${firewall.name}?`}
          effect="All traffic through it stops for some minutes. When it is back, Palisade reads its configuration and compares it with the entry."
          safe="Let it run"
          act="Restart it now"
          danger
          busy={isPending}
          error={error}
          onClose={() => setAsking(false)}
          onAct={() => mutate({ id: firewall.id, revertId: revert.id }, { onSuccess: () => setAsking(false) })}
        />
      )}
    </>
  )
}
