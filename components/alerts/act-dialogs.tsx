'use client'
import { formatCount } from '@/lib/format/numbers'
import { NoteDialog } from './note-dialog'
import { SilenceDialog } from './silence-dialog'
import type { AlertActs } from './use-alert-acts'

/** The dialog of the act that was asked for. */
export function ActDialogs({ acts }: { acts: AlertActs }) {
  if (acts.open === null) return null
  const { act, alerts } = acts.open
  const [alert] = alerts
  if (!alert) return null
  if (act === 'silence') return <SilenceDialog alert={alert} onClose={acts.close} />
  const shared = { busy: acts.busy, error: acts.error, onClose: acts.close }
  if (act === 'note') {
    return <NoteDialog title="Write a note" description={alert.sentence} help="For whoever looks at it next; also in the audit." act="Save the note" required asks="note" safe="Write none" {...shared} onSave={(note) => acts.sendNote(alerts, note)} />
  }
  return (
    <NoteDialog
      title={alerts.length === 1 ? 'Acknowledge' : `Acknowledge ${formatCount(alerts.length)} alerts`}
      description={alerts.length === 1 ? alert.sentence : 'You look after all of them.'}
      help="Others see that you look after it, and so do its channels. It stays until it is over."
      act="Acknowledge"
      required={false}
      {...shared}
      onSave={(note) => acts.sendAcknowledge(alerts, note)}
    />
  )
}
