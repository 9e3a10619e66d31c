'use client'
import { useMutation } from '@tanstack/react-query'
import { CircleCheck, CircleDashed } from 'lucide-react'
import { useState } from 'react'
import { ConfirmDialog } from '@/components/settings/confirm-dialog'
import { Age } from '@/components/ui/age'
import { Button } from '@/components/ui/button'
import { Facts } from '@/components/ui/facts'
import { ProblemNotice } from '@/components/ui/problem'
import { toast } from '@/components/ui/toast'
import type { AccountDto } from '@/lib/account/input'
import { accountMutations } from '@/lib/queries/account'
import { FactorDialog, RecoveryCodesDialog } from './factor-dialogs'

/** Whether there is a second factor, and what can be done with it. */
export function FactorPart({ account: { secondFactor } }: { account: AccountDto }) {
  const { on, since, demanded, recoveryCodesLeft } = secondFactor
  return (
    <div className="flex flex-col gap-4">
      {on ? (
        <Facts
          items={[
            [
              'State',
              <span key="on" className="inline-flex items-center gap-2">
                <CircleCheck aria-hidden size={16} strokeWidth={1.75} className="text-good-mark" />
                <span>
                  On, since <Age at={since} className="text-inherit" />
                </span>
              </span>,
            ],
            ['Recovery codes', `${recoveryCodesLeft} of 10 left`],
          ]}
        />
      ) : (
        <Facts
          items={[
            [
              'State',
              <span key="off" className="inline-flex items-center gap-2">
                <CircleDashed aria-hidden size={16} strokeWidth={1.75} className="text-text-3" />
                Off
              </span>,
            ],
          ]}
        />
      )}
      <div className="flex flex-wrap items-start gap-2">
        <MakeFactor replaces={on} />
        {on && <NewCodes />}
        {on && <RemoveFactor demanded={demanded} />}
      </div>
    </div>
  )
}

function MakeFactor({ replaces }: { replaces: boolean }) {
  const begin = useMutation(accountMutations.newSecondFactor())
  return (
    <>
      <Button variant={replaces ? 'secondary' : 'primary'} busy={begin.isPending} onClick={() => begin.mutate()}>
        {replaces ? 'Replace it' : 'Set up a second factor'}
      </Button>
      <ProblemNotice error={begin.error} className="basis-full" />
      {begin.data && <FactorDialog draft={begin.data} replaces={replaces} onAnother={() => begin.mutate()} onClose={begin.reset} />}
    </>
  )
}

function NewCodes() {
  const [asking, setAsking] = useState(false)
  const make = useMutation(accountMutations.newRecoveryCodes())
  return (
    <>
      <Button onClick={() => setAsking(true)}>Make new recovery codes</Button>
      {asking && (
        <ConfirmDialog
          title="Make new recovery codes?"
          effect="You get ten new ones, shown once. The ones you have now stop working."
          safe="Keep the ones I have"
          act="Make new codes"
          busy={make.isPending}
          error={make.error}
          onClose={() => setAsking(false)}
          onAct={() => make.mutate(undefined, { onSuccess: () => setAsking(false) })}
        />
      )}
      {make.data && <RecoveryCodesDialog codes={make.data.codes} onClose={make.reset} />}
    </>
  )
}

function RemoveFactor({ demanded }: { demanded: boolean }) {
  const [asking, setAsking] = useState(false)
  const remove = useMutation(accountMutations.removeSecondFactor())
  // A promise, because this is gone with the factor before the call's own callbacks would run.
  const run = async (): Promise<void> => {
    const gone = await remove.mutateAsync().then(
      () => true,
      () => false,
    )
    if (gone) toast.good('Your second factor is removed.')
  }
  return (
    <>
      <Button
        variant="danger"
        reasonShown="beside"
        disabledReason={demanded ? 'Your role needs one here, so it can be replaced, not removed.' : null}
        onClick={() => setAsking(true)}
      >
        Remove it
      </Button>
      {asking && (
        <ConfirmDialog
          title="Remove your second factor?"
          effect="Your password alone then opens your account. The recovery codes stop working too."
          safe="Keep it"
          act="Remove the second factor"
          danger
          busy={remove.isPending}
          error={remove.error}
          onClose={() => setAsking(false)}
          onAct={() => void run()}
        />
      )}
    </>
  )
}
