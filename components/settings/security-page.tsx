'use client'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { ButtonLink } from '@/components/ui/button-link'
import { Notice } from '@/components/ui/notice'
import { ProblemNotice } from '@/components/ui/problem'
import { SkeletonRows } from '@/components/ui/skeleton'
import { toast } from '@/components/ui/toast'
import { plural } from '@/lib/format/numbers'
import { operatorQueries } from '@/lib/queries/operators'
import { settingsMutations, settingsQueries } from '@/lib/queries/settings'
import { SECOND_FACTOR_FOR, type SettingsDto } from '@/lib/settings/input'
import { ConfirmDialog } from './confirm-dialog'
import { Part } from './part'
import { RadioChoice } from './radio-choice'
import { RULE_WORDS, ruleConsequence, type FactorRule } from './second-factor-rule'

/** Of whom the installation demands a second factor. */
export function SecurityPage() {
  const { data: settings, error, isPending, refetch } = useQuery(settingsQueries.settings())
  return (
    <>
      <h2 className="sr-only">Security</h2>
      <ProblemNotice error={error} retry={() => void refetch()} className="mx-5 my-4 max-md:mx-4" />
      {settings ? (
        <div className="divide-y divide-line">
          <div className="px-5 py-4 max-md:px-4">
            <FactorState settings={settings} />
          </div>
          <FactorRulePart settings={settings} />
        </div>
      ) : (
        isPending && <SkeletonRows rows={5} columns={1} rowHeight={60} />
      )}
    </>
  )
}

const LACKING = '/settings/operators?factor=no'

/** How it is now, in a sentence. */
function FactorState({ settings: { secondFactorFor, withoutSecondFactor } }: { settings: SettingsDto }) {
  if (secondFactorFor === 'nobody') {
    return (
      <Notice
        tone="warn"
        className="max-w-3xl"
        title="This installation asks for no second factor."
        actions={<ButtonLink href={LACKING}>Show who has none</ButtonLink>}
      >
        Whoever learns the password of an admin can change credentials and trust of every firewall of theirs.
      </Notice>
    )
  }
  const who = secondFactorFor === 'admins' ? 'Admins and owners need a second factor' : 'Everyone needs a second factor'
  return withoutSecondFactor === 0 ? (
    <Notice tone="good" className="max-w-3xl" title={`${who}, and all of them have one.`} />
  ) : (
    <Notice
      tone="warn"
      className="max-w-3xl"
      title={`${who}; ${plural(withoutSecondFactor, 'operator')} ${withoutSecondFactor === 1 ? 'has' : 'have'} none yet.`}
      actions={<ButtonLink href={LACKING}>Show who has none</ButtonLink>}
    >
      They get in no further than to the page where they set one up.
    </Notice>
  )
}

function FactorRulePart({ settings }: { settings: SettingsDto }) {
  const [chosen, setChosen] = useState<FactorRule | null>(null)
  const [asking, setAsking] = useState(false)
  const people = useQuery(operatorQueries.withoutSecondFactor())
  const { mutate, isPending, error, reset } = useMutation(settingsMutations.edit())
  const rule = chosen ?? settings.secondFactorFor
  const changed = rule !== settings.secondFactorFor
  const save = (): void =>
    mutate(
      { etag: settings.etag, secondFactorFor: rule },
      {
        onSuccess: () => {
          setChosen(null)
          toast.good('The rule holds from now on.')
        },
        onSettled: () => setAsking(false),
      },
    )
  return (
    <Part
      id="second-factor"
      title="Who needs a second factor"
      about="A code of an authenticator at each sign-in, and again before dangerous acts. A stricter rule reaches those who are signed in at their next page."
    >
      <RadioChoice
        legend="Who needs a second factor"
        value={rule}
        choices={SECOND_FACTOR_FOR.map((value) => ({ value, label: RULE_WORDS[value][0], help: RULE_WORDS[value][1] })).reverse()}
        onChange={(value) => {
          reset()
          setChosen(value)
        }}
      />
      <p role="status" className="min-h-5 max-w-2xl">
        {changed && people.data && ruleConsequence(rule, people.data.items)}
      </p>
      {!asking && <ProblemNotice error={error} className="max-w-2xl" />}
      <div className="flex flex-wrap items-center gap-2">
        <Button
          variant="primary"
          busy={isPending}
          disabledReason={changed ? null : 'This is the rule that holds now.'}
          reasonShown="beside"
          onClick={() => (rule === 'nobody' ? setAsking(true) : save())}
        >
          Save the rule
        </Button>
        {changed && <Button onClick={() => setChosen(null)}>Undo</Button>}
      </div>
      {asking && (
        <ConfirmDialog
          title="Ask nobody for a second factor?"
          effect="A stolen or guessed password is then enough to sign in as an owner and to change every firewall. This stays visible on this page."
          safe="Keep the rule"
          act="Ask nobody"
          danger
          busy={isPending}
          error={error}
          onClose={() => setAsking(false)}
          onAct={save}
        />
      )}
    </Part>
  )
}
