'use client'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { ConfirmDialog } from '@/components/settings/confirm-dialog'
import { ActRow, Part } from '@/components/settings/part'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { useNow } from '@/components/ui/use-now'
import { toast } from '@/components/ui/toast'
import { formatDateTime } from '@/lib/format/dates'
import { operatorMutations } from '@/lib/queries/operators'
import { JOIN_HOURS, RESET_HOURS, type NewLinkDto, type OperatorDto } from '@/lib/team/input'
import { invitationEnded } from './operator-filter'
import { reasonNotToChange } from './reasons'
import { ShownLink } from './shown-link'

type Act = 'link' | 'factor' | 'sessions'

/** How this operator gets in: the link, the second factor, the sessions. */
export function OperatorSignIn({ operator }: { operator: OperatorDto }) {
  const [act, setAct] = useState<Act | null>(null)
  const nowMs = useNow()
  const reason = reasonNotToChange(operator)
  const invited = operator.state === 'invited'
  const noLink = operator.state === 'disabled' ? 'They are disabled. Enable them first.' : null
  const ended = nowMs !== null && invitationEnded(operator, nowMs)
  const close = (): void => setAct(null)
  return (
    <Part id="sign-in" title="Signing in" about={reason ?? linkSentence(operator, ended)}>
      <div className="max-w-3xl">
        <ActRow
          title={invited ? 'New invitation' : 'Link for a new password'}
          effect={
            noLink !== null
              ? noLink
              : invited
                ? `A new link to join, for ${JOIN_HOURS} hours. The one before stops working.`
                : `A link to choose a new password, for ${RESET_HOURS} hours. Using it ends their sessions; the second factor stays.`
          }
        >
          <Button variant={invited && ended ? 'primary' : 'secondary'} disabledReason={reason ?? noLink} onClick={() => setAct('link')}>
            {invited ? 'Make a new invitation' : 'Make a password link'}
          </Button>
        </ActRow>
        {!invited && (
          <>
            <ActRow title="Second factor" effect={factorSentence(operator)}>
              <Button disabledReason={reason ?? (operator.secondFactor ? null : 'They have no second factor.')} onClick={() => setAct('factor')}>
                Reset the second factor
              </Button>
            </ActRow>
            <ActRow title="Sessions" effect="Signs them out in every browser within a second. They can sign in again.">
              <Button disabledReason={reason} onClick={() => setAct('sessions')}>
                End all sessions
              </Button>
            </ActRow>
          </>
        )}
      </div>
      {act === 'link' && <LinkDialog operator={operator} onClose={close} />}
      {act === 'factor' && <ResetFactorDialog operator={operator} onClose={close} />}
      {act === 'sessions' && <EndSessionsDialog operator={operator} onClose={close} />}
    </Part>
  )
}

function linkSentence({ state, link }: OperatorDto, ended: boolean): string | undefined {
  if (state === 'invited' && ended) return 'The invitation was not used in time. Make a new one.'
  if (!link) return undefined
  const until = `works until ${formatDateTime(link.expiresAt)}`
  return link.purpose === 'join' ? `The invitation by ${link.createdByName} ${until}.` : `A password link by ${link.createdByName} ${until}.`
}

const factorSentence = ({ secondFactor, secondFactorDemanded }: OperatorDto): string =>
  secondFactor
    ? `For a lost phone. It ends their sessions and recovery codes${secondFactorDemanded ? '; at the next sign-in they set up a new one' : ''}.`
    : secondFactorDemanded
      ? 'There is none yet. They are led through setting one up at their next page.'
      : 'There is none, and none is demanded of them.'

type DialogProps = { operator: OperatorDto; onClose: () => void }

function LinkDialog({ operator, onClose }: DialogProps) {
  const [made, setMade] = useState<NewLinkDto | null>(null)
  const { mutate, isPending, error } = useMutation(operatorMutations.link())
  const invited = operator.state === 'invited'
  if (made) {
    return (
      <Dialog
        open
        onOpenChange={(stays) => !stays && onClose()}
        title={invited ? `The new invitation of ${operator.name}` : `A new password for ${operator.name}`}
        footer={<Button onClick={onClose}>Done</Button>}
      >
        <ShownLink made={made} />
      </Dialog>
    )
  }
  return (
    <ConfirmDialog
      title={invited ? `Make a new invitation for ${operator.name}?` : `Make a password link for ${operator.name}?`}
      effect={
        operator.link === null
          ? 'You get a link and hand it over. Make sure that it is really they who ask for it.'
          : 'The link that is open now stops working. Make sure that it is really they who ask for a new one.'
      }
      safe={operator.link === null ? 'Make none' : 'Keep the open one'}
      act="Make the link"
      busy={isPending}
      error={error}
      onClose={onClose}
      onAct={() => mutate({ id: operator.id }, { onSuccess: setMade })}
    />
  )
}

function ResetFactorDialog({ operator, onClose }: DialogProps) {
  const { mutate, isPending, error } = useMutation(operatorMutations.resetSecondFactor())
  const done = (): void => {
    toast.good(`The second factor of ${operator.name} is reset.`)
    onClose()
  }
  return (
    <ConfirmDialog
      title={`Reset the second factor of ${operator.name}?`}
      effect={`Until a new one is set up the password alone lets them in. Their sessions end, and their recovery codes stop working.`}
      safe="Keep it"
      act="Reset the second factor"
      danger
      busy={isPending}
      error={error}
      onClose={onClose}
      onAct={() => mutate({ id: operator.id }, { onSuccess: done })}
    />
  )
}

function EndSessionsDialog({ operator, onClose }: DialogProps) {
  const { mutate, isPending, error } = useMutation(operatorMutations.endSessions())
  const done = (): void => {
    toast.good(`${operator.name} is signed out everywhere.`)
    onClose()
  }
  return (
    <ConfirmDialog
      title={`End all sessions of ${operator.name}?`}
      effect="What they are typing is lost. They can sign in again, and their tokens go on working."
      safe="Let them work on"
      act="End all sessions"
      busy={isPending}
      error={error}
      onClose={onClose}
      onAct={() => mutate({ id: operator.id }, { onSuccess: done })}
    />
  )
}
