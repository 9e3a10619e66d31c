'use client'
import { useEffect, useState } from 'react'
import { arriving } from '@/components/ui/arriving'
import { Dialog } from '@/components/ui/dialog'
import { answerStepUps, type StepUp } from '@/lib/queries/step-up'

/** Comes when a proof is first asked for. */
const StepUpAnswer = arriving(() => import('./step-up-answer').then((module) => module.StepUpAnswer), { leave: ({ onFinish }) => onFinish(false) })

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
      {question && <StepUpAnswer proof={question.proof} onFinish={finish} />}
    </Dialog>
  )
}
