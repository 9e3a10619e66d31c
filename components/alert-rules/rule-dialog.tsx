'use client'
import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field, SelectInput, TextInput } from '@/components/ui/field'
import { ProblemNotice } from '@/components/ui/problem'
import { toast } from '@/components/ui/toast'
import { faultOfThreshold, type AlertRuleDto, type RuleDecisionInput } from '@/lib/alert-rules/input'
import { SEVERITIES } from '@/lib/notices/kinds'
import { SEVERITY_WORDS } from '@/lib/notices/words'
import { alertRuleMutations } from '@/lib/queries/alert-rules'
import { ApiError } from '@/lib/queries/client'
import { isDecided, ruleWords, thresholdWord } from './rule-words'

const UNIT_WORDS = { minutes: 'minutes', percent: 'per cent', days: 'days' } as const
const NOTHING: RuleDecisionInput = { enabled: null, severity: null, threshold: null }

/** Decides about one kind; what is left empty is as above. */
export function RuleDialog({ rule, customerId, onClose }: { rule: AlertRuleDto; customerId: string | null; onClose: () => void }) {
  const { own, inherited, threshold: bounds } = rule
  const [enabled, setEnabled] = useState(own.enabled === null ? '' : own.enabled ? 'yes' : 'no')
  const [severity, setSeverity] = useState<string>(own.severity ?? '')
  const [threshold, setThreshold] = useState(own.threshold === null ? '' : String(own.threshold))
  const [wrong, setWrong] = useState<string | null>(null)
  const { mutate, isPending, error } = useMutation(alertRuleMutations.edit(customerId))
  const refused = error instanceof ApiError ? error.issueOf('threshold') : undefined
  const above = customerId === null ? 'the default' : 'as everywhere'

  const save = (decision: RuleDecisionInput): void =>
    mutate(
      { kind: rule.kind, etag: rule.etag, decision },
      {
        onSuccess: (saved) => {
          toast.good(`${saved.title}: ${ruleWords(saved, saved.effective)}.`)
          onClose()
        },
      },
    )
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (isPending) return
    const number = threshold.trim() === '' ? null : Number(threshold)
    const fault = number !== null && Number.isNaN(number) ? 'A number.' : faultOfThreshold(rule.kind, number)
    setWrong(fault)
    if (fault === null) save({ enabled: enabled === '' ? null : enabled === 'yes', severity: SEVERITIES.find((word) => word === severity) ?? null, threshold: number })
  }
  return (
    <Dialog open onOpenChange={(stays) => !stays && onClose()} title={rule.title} description={`${customerId === null ? 'By default' : 'Everywhere'}: ${ruleWords(rule, inherited)}.`}>
      <form noValidate onSubmit={submit} className="flex flex-col gap-4">
        <Field label="Is it looked for">
          {(id) => (
            <SelectInput id={id} value={enabled} onChange={(event) => setEnabled(event.target.value)}>
              <option value="">{`${above}: ${inherited.enabled ? 'yes' : 'no'}`}</option>
              <option value="yes">yes</option>
              <option value="no">no</option>
            </SelectInput>
          )}
        </Field>
        <Field label="Severity" help="Channels are told by severity.">
          {(id, describedBy) => (
            <SelectInput id={id} aria-describedby={describedBy} value={severity} onChange={(event) => setSeverity(event.target.value)}>
              <option value="">{`${above}: ${SEVERITY_WORDS[inherited.severity]}`}</option>
              {SEVERITIES.map((word) => (
                <option key={word} value={word}>
                  {SEVERITY_WORDS[word]}
                </option>
              ))}
            </SelectInput>
          )}
        </Field>
        {bounds !== null && (
          <Field label={`${bounds.label}, in ${UNIT_WORDS[bounds.unit]}`} help={`Empty: ${above}, ${thresholdWord(rule, inherited.threshold)}. From ${bounds.min} to ${bounds.max}.`} error={wrong ?? refused}>
            {(id, describedBy, invalid) => (
              <TextInput id={id} inputMode="numeric" aria-describedby={describedBy} invalid={invalid} autoComplete="off" value={threshold} onChange={(event) => setThreshold(event.target.value)} className="w-32" />
            )}
          </Field>
        )}
        {refused === undefined && <ProblemNotice error={error} />}
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          {isDecided(rule) && (
            <Button busy={isPending} onClick={() => save(NOTHING)}>
              Reset to {customerId === null ? 'the default' : 'what holds everywhere'}
            </Button>
          )}
          <Button type="submit" variant="primary" busy={isPending}>
            Save the rule
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
