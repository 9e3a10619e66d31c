'use client'
import { Button } from '@/components/ui/button'
import type { StepUp } from '@/lib/queries/step-up'
import { useMe } from '@/lib/queries/use-me'
import { ProofForm } from './proof-form'

/** Apart, because only who is signed in is asked: the dialog itself stands on every page. */
export function StepUpAnswer({ proof, onFinish }: { proof: StepUp['proof']; onFinish: (proven: boolean) => void }) {
  const me = useMe()
  return (
    <ProofForm proof={proof} act="Confirm and go on" email={me?.email ?? null} onProven={() => onFinish(true)}>
      <Button onClick={() => onFinish(false)}>Cancel</Button>
    </ProofForm>
  )
}
