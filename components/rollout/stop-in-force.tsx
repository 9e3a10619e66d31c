'use client'
import { useMutation } from '@tanstack/react-query'
import { Play } from 'lucide-react'
import { useState } from 'react'
import { ConfirmDialog } from '@/components/settings/confirm-dialog'
import { Age } from '@/components/ui/age'
import { Button } from '@/components/ui/button'
import type { EmergencyStopDto } from '@/lib/emergency-stop/dto'
import { rolloutMutations } from '@/lib/queries/rollout'
import { useMe } from '@/lib/queries/use-me'
import { reasonWithoutEverywhere, stopSentence } from './stop-words'

/** Who stopped everything when and why, what still finishes, and the way on. */
export function StopInForce({ stop }: { stop: EmergencyStopDto }) {
  const me = useMe()
  const [asking, setAsking] = useState(false)
  const lift = useMutation(rolloutMutations.lift())
  if (!stop.stop) return null
  const { by, at, reason } = stop.stop
  return (
    <div className="flex min-w-0 flex-1 flex-wrap items-center gap-x-6 gap-y-2">
      <div className="min-w-0 flex-1 basis-72">
        <p className="font-semibold text-you">All firmware work is stopped.</p>
        <p className="text-text-2">
          By {by} <Age at={at} className="text-inherit" />. {reason} {stopSentence(stop)}
        </p>
      </div>
      <Button icon={Play} disabledReason={reasonWithoutEverywhere(me, 'update:approve', 'an admin')} onClick={() => setAsking(true)}>
        Let it go on
      </Button>
      {asking && (
        <ConfirmDialog
          title="Let firmware work go on?"
          effect="Each firewall that waits asks again whether its turn has come, in its window. Paused and halted plans stay as they are."
          safe="Keep it stopped"
          act="Let it go on"
          busy={lift.isPending}
          error={lift.error}
          onClose={() => setAsking(false)}
          onAct={() => lift.mutate(undefined, { onSuccess: () => setAsking(false) })}
        />
      )}
    </div>
  )
}
