'use client'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ConfirmDialog } from '@/components/settings/confirm-dialog'
import { Button } from '@/components/ui/button'
import { ProblemNotice } from '@/components/ui/problem'
import { SkeletonRows } from '@/components/ui/skeleton'
import { toast } from '@/components/ui/toast'
import { VirtualTable } from '@/components/ui/virtual-table'
import type { OwnSessionDto } from '@/lib/account/input'
import { plural } from '@/lib/format/numbers'
import { accountQueries, accountMutations } from '@/lib/queries/account'
import { placeOf, SessionCard, sessionColumns } from './session-columns'

/** Where one is signed in. */
export function SessionsPage() {
  const { data: sessions, error, isPending, refetch } = useQuery(accountQueries.sessions())
  const [ending, setEnding] = useState<OwnSessionDto | 'others' | null>(null)
  const others = sessions?.filter(({ isThis }) => !isThis).length ?? 0
  return (
    <>
      <h2 className="sr-only">Sessions</h2>
      <ProblemNotice error={error} retry={() => void refetch()} className="mx-5 my-4 max-md:mx-4" />
      {sessions ? (
        <>
          <div className="flex flex-wrap items-center gap-x-6 gap-y-3 px-5 py-4 max-md:px-4">
            <div className="min-w-60 flex-1">
              <p className="text-lg">
                {others === 0 ? 'You are signed in here and nowhere else.' : `You are signed in here and in ${plural(others, 'other place')}.`}
              </p>
              <p className="text-text-2">A session that you do not know: end it, then change your password.</p>
            </div>
            <Button variant="danger" disabledReason={others === 0 ? 'There is no other session.' : null} onClick={() => setEnding('others')}>
              End all others
            </Button>
          </div>
          <VirtualTable
            caption="Your sessions"
            rows={[...sessions].sort((a, b) => Number(b.isThis) - Number(a.isThis))}
            columns={sessionColumns(setEnding)}
            rowHeight={40}
            rowKey={(session) => session.id}
            card={(session) => <SessionCard session={session} onEnd={setEnding} />}
          />
        </>
      ) : (
        isPending && <SkeletonRows rows={3} columns={5} rowHeight={40} />
      )}
      {ending === 'others' && <EndOthers count={others} onClose={() => setEnding(null)} />}
      {ending !== null && ending !== 'others' && <EndOne session={ending} onClose={() => setEnding(null)} />}
    </>
  )
}

function EndOne({ session, onClose }: { session: OwnSessionDto; onClose: () => void }) {
  const { mutate, isPending, error } = useMutation(accountMutations.endSession())
  const done = (): void => {
    toast.good('The session has ended.')
    onClose()
  }
  return (
    <ConfirmDialog
      title={`End the session of ${session.browser}?`}
      effect={`It came from ${placeOf(session)}. Its next request is refused, and what is not saved there is lost.`}
      safe="Keep it"
      act="End the session"
      danger
      busy={isPending}
      error={error}
      onClose={onClose}
      onAct={() => mutate({ id: session.id }, { onSuccess: done })}
    />
  )
}

function EndOthers({ count, onClose }: { count: number; onClose: () => void }) {
  const { mutate, isPending, error } = useMutation(accountMutations.endOtherSessions())
  const done = (): void => {
    toast.good('All other sessions have ended.')
    onClose()
  }
  return (
    <ConfirmDialog
      title={`End ${plural(count, 'other session')}?`}
      effect="You stay signed in here. Everywhere else the next request is refused, and what is not saved there is lost."
      safe="Keep them"
      act="End all others"
      danger
      busy={isPending}
      error={error}
      onClose={onClose}
      onAct={() => mutate(undefined, { onSuccess: done })}
    />
  )
}
