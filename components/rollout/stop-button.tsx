'use client'
import { useMutation, useQuery } from '@tanstack/react-query'
import { OctagonPause } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { toast } from '@/components/ui/toast'
import { rolloutMutations, rolloutQueries } from '@/lib/queries/rollout'
import { useMe } from '@/lib/queries/use-me'
import { reasonWithoutEverywhere, stopSentence } from './stop-words'

/** One click, no question: nothing of any customer that has not begun starts any more. */
export function StopButton({ className, compact = false }: { className?: string; /** On a phone it stands in the header, which has little room. */ compact?: boolean }) {
  const me = useMe()
  const stop = useQuery(rolloutQueries.stop()).data
  const { mutate, isPending } = useMutation(rolloutMutations.stop())
  if (stop?.stop) return null
  const run = (): void =>
    mutate(undefined, {
      onSuccess: (saved) => toast.good(`All firmware work is stopped. ${stopSentence(saved)}`),
      onError: (error) => toast.bad(`Firmware work is not stopped: ${error.message}`),
    })
  return (
    <Button variant="danger" icon={OctagonPause} busy={isPending} disabledReason={reasonWithoutEverywhere(me, 'update:stop', 'an operator')} onClick={run} {...(className !== undefined && { className })}>
      {compact ? (
        <>
          <span className="max-md:sr-only">Emergency stop</span>
          <span aria-hidden className="md:hidden">
            Stop
          </span>
        </>
      ) : (
        'Emergency stop'
      )}
    </Button>
  )
}
