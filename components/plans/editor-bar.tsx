'use client'
import { useMutation } from '@tanstack/react-query'
import { CircleCheckBig, UserCheck } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useCustomerScope } from '@/components/layout/customer-scope'
import { arriving } from '@/components/ui/arriving'
import { Button } from '@/components/ui/button'
import { ProblemNotice } from '@/components/ui/problem'
import { toast } from '@/components/ui/toast'
import { formatCount } from '@/lib/format/numbers'
import type { PlanDto } from '@/lib/plans/dto'
import { isDraft } from '@/lib/plans/states'
import { planMutations } from '@/lib/queries/plans'
import { isReadable } from './plan-draft'
import { approversSentence, planHref } from './plan-words'
import { SaveTrouble } from './save-trouble'
import type { PlanFormState } from './use-plan-form'
import type { PlanPreviewState } from './use-plan-preview'

const ApproveDialog = arriving(() => import('./approve-dialog').then((module) => module.ApproveDialog), { leave: ({ onClose }) => onClose() })

type EditorBarProps = { stored: PlanDto | null; form: PlanFormState; shown: PlanPreviewState; /** What is wrong stands at its fields. */ marked: boolean; onSave: () => void }

/** Who has to agree, and what can be done with the plan as it stands. */
export function EditorBar({ stored, form, shown, marked, onSave }: EditorBarProps) {
  const router = useRouter()
  const { within } = useCustomerScope()
  const ask = useMutation(planMutations.ask())
  const withdraw = useMutation(planMutations.withdraw())
  const [approving, setApproving] = useState(false)
  const { preview, ofSaved } = shown
  const runs = preview === null ? 0 : preview.matched - preview.counts['cannot-run']
  const waits = stored?.state === 'waiting-approval'
  const unreadable = isReadable(form.draft) ? null : 'Correct the numbers first.'
  const unsaved = form.changed || stored === null
  const nothing = preview === null ? 'Wait until it is worked out.' : runs === 0 ? 'No firewall of it can run.' : null
  const counts = stored?.approvals?.mine.counts === true

  const askNow = async (): Promise<void> => {
    const saved = await form.save()
    if (saved === null) return
    ask.mutate({ id: saved.id, etag: saved.etag }, { onSuccess: () => toast.good(`${saved.name} waits for its approval.`) })
    if (stored === null) router.replace(within(`/firmware/plans/${saved.id}/edit`))
  }
  return (
    <div className="sticky bottom-0 z-10 border-t border-line-2 bg-surface max-md:bottom-[calc(56px+env(safe-area-inset-bottom))]">
      <SaveTrouble form={form} marked={marked} />
      <ProblemNotice error={ask.error ?? withdraw.error} className="mx-5 mt-3 max-md:mx-4" />
      <div className="flex flex-wrap items-center justify-end gap-x-4 gap-y-2 px-5 py-2.5 max-md:px-4">
        <p className="min-w-0 flex-1 basis-72 text-xs text-text-2">
          {preview && <span className="font-medium text-text lg:hidden">{preview.sentence} </span>}
          {stored === null || form.changed ? (waits ? 'It waits for approval. Saving a change makes it a draft again, and approvals that were given no longer count.' : 'Nothing of this is saved yet.') : approversSentence(stored)}
        </p>
        <div className="flex flex-wrap items-center gap-2">
          {unsaved && (
            <Button busy={form.busy} disabledReason={unreadable ?? (form.conflict ? 'Look again first.' : null)} onClick={onSave}>
              Save draft
            </Button>
          )}
          {waits && !unsaved && stored && (
            <Button busy={withdraw.isPending} onClick={() => withdraw.mutate({ id: stored.id, etag: stored.etag })}>
              Make it a draft again
            </Button>
          )}
          {!waits && (
            <Button variant={counts && !unsaved ? 'secondary' : 'primary'} icon={UserCheck} busy={ask.isPending || (form.busy && unsaved)} disabledReason={unreadable ?? (form.conflict ? 'Look again first.' : nothing)} onClick={() => void askNow()}>
              Ask for approval{runs > 0 && ` of ${formatCount(runs)}`}
            </Button>
          )}
          {stored && (waits || counts) && (
            <Button variant={counts && !unsaved ? 'primary' : 'secondary'} icon={CircleCheckBig} disabledReason={reasonNotToApprove(stored, unsaved, nothing, ofSaved)} onClick={() => setApproving(true)}>
              Approve {runs > 0 && formatCount(runs)}
            </Button>
          )}
        </div>
      </div>
      {approving && stored && preview && <ApproveDialog plan={stored} preview={preview} onClose={() => setApproving(false)} onApproved={(plan) => !isDraft(plan.state) && router.push(within(planHref(plan)))} />}
    </div>
  )
}

function reasonNotToApprove({ approvals }: PlanDto, unsaved: boolean, nothing: string | null, ofSaved: boolean): string | null {
  if (approvals?.mine.counts !== true) return approvals?.mine.reason ?? 'Your approval does not count here.'
  if (unsaved) return 'Save your changes first.'
  return nothing ?? (ofSaved ? null : 'Wait until it is worked out.')
}
