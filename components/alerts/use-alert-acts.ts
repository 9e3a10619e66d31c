'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { toast } from '@/components/ui/toast'
import type { AlertDto } from '@/lib/alerts/dto'
import { plural } from '@/lib/format/numbers'
import { alertMutations, alertQueries } from '@/lib/queries/alerts'

/** What a person does with one alert or with those that are chosen. */
export type AlertAct = { act: 'acknowledge' | 'note'; alerts: readonly AlertDto[] } | { act: 'silence'; alerts: readonly AlertDto[] }

/** The acts of the inbox and of one alert: which dialog is open, what runs, and what can be taken back. */
export function useAlertActs(onActed: () => void) {
  const client = useQueryClient()
  const [open, setOpen] = useState<AlertAct | null>(null)
  const [undoable, setUndoable] = useState<readonly string[]>([])
  const acknowledge = useMutation(alertMutations.acknowledge())
  const acknowledgeMany = useMutation(alertMutations.acknowledgeMany())
  const back = useMutation(alertMutations.unacknowledgeMany())
  const annotate = useMutation(alertMutations.annotate())
  const mutations = [acknowledge, acknowledgeMany, annotate]

  const close = (): void => {
    setOpen(null)
    for (const { reset } of mutations) reset()
  }
  const done = (ids: readonly string[], text: string): void => {
    setUndoable(ids)
    toast.good(text)
    close()
    onActed()
  }
  const sendAcknowledge = (alerts: readonly AlertDto[], note: string): void => {
    const [alert, ...others] = alerts
    if (!alert) return
    if (others.length === 0) acknowledge.mutate({ id: alert.id, etag: alert.etag, note }, { onSuccess: () => done([alert.id], `You look after it: ${alert.sentence} Press u to take it back.`) })
    else
      acknowledgeMany.mutate(
        { ids: alerts.map(({ id }) => id), note },
        { onSuccess: (acted) => done(acted.done, `You look after ${plural(acted.done.length, 'alert')}.${acted.left.length > 0 ? ` ${plural(acted.left.length, 'other')} stayed as they were.` : ''} Press u to take it back.`) },
      )
  }
  const sendNote = (alerts: readonly AlertDto[], note: string): void => {
    const [alert] = alerts
    if (alert) annotate.mutate({ id: alert.id, etag: alert.etag, note }, { onSuccess: () => close() })
  }
  /** Takes back what these have, or what was acknowledged last. */
  const undo = (ids: readonly string[] = undoable): void => {
    if (ids.length === 0 || back.isPending) return
    back.mutate(
      { ids: [...ids] },
      {
        onSuccess: (acted) => {
          setUndoable([])
          toast.good(acted.done.length === 0 ? 'There was nothing to take back.' : `${plural(acted.done.length, 'alert')} ${acted.done.length === 1 ? 'wants' : 'want'} someone again.`)
        },
        onError: () => toast.bad('It could not be taken back. Open the alert to try again.'),
      },
    )
  }
  /** After a refusal because it changed, what is shown is asked for anew. */
  const lookAgain = (): void => void client.invalidateQueries({ queryKey: alertQueries.all() })
  return { open, ask: setOpen, close, sendAcknowledge, sendNote, undo, lookAgain, busy: mutations.some(({ isPending }) => isPending) || back.isPending, error: mutations.find(({ error }) => error !== null)?.error ?? null }
}
export type AlertActs = ReturnType<typeof useAlertActs>
