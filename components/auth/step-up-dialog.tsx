'use client'
import { useEffect, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { answerStepUps, type StepUp } from '@/lib/queries/step-up'
import { useMe } from '@/lib/queries/use-me'
import { ProofForm } from './proof-form'

type Question = StepUp & { answer: (proven: boolean) => void }

/** Asks for a fresh proof before a dangerous act, once for the whole product. Leaving it leaves everything as it was. */
export function StepUpDialog() {
  const [question, setQuestion] = useState<Question | null>(null)
  useEffect(() => answerStepUps((need) => new Promise((resolve) => setQuestion({ ...need, answer: resolve }))), [])
  const finish = (proven: boolean): void => {
    question?.answer(proven)
    setQuestion(null)
  }
  return (
    <Dialog
      above
      open={question !== null}
      onOpenChange={(stays) => !stays && finish(false)}
      title="Confirm that it is you"
      description={question && `${question.reason} Palisade asks because your last proof is older than 5 minutes.`}
    >
      {question && <Answer proof={question.proof} onFinish={finish} />}
    </Dialog>
  )
}

/** Apart, because only who is signed in is asked: the dialog itself stands on every page. */
function Answer({ proof, onFinish }: { proof: StepUp['proof']; onFinish: (proven: boolean) => void }) {
  const me = useMe()
  return (
    <ProofForm proof={proof} act="Confirm and go on" email={me?.email ?? null} onProven={() => onFinish(true)}>
      <Button onClick={() => onFinish(false)}>Cancel</Button>
    </ProofForm>
  )
}
