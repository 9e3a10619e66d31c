'use client'
import { useMutation } from '@tanstack/react-query'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Facts } from '@/components/ui/facts'
import { ProblemNotice } from '@/components/ui/problem'
import { toast } from '@/components/ui/toast'
import { formatDate } from '@/lib/format/dates'
import { formatCount, plural } from '@/lib/format/numbers'
import type { PlanDto, PlanPreview } from '@/lib/plans/dto'
import { planMutations } from '@/lib/queries/plans'
import { KIND_WORDS } from './plan-looks'
import { namesInShort, rebootWords, startWords } from './plan-words'

type ApproveDialogProps = { plan: PlanDto; /** Of the plan as it is saved: exactly this is approved. */ preview: PlanPreview; onClose: () => void; onApproved: (plan: PlanDto) => void }

/** What begins with the approval. The proof of who sits there is asked for when it is sent. */
export function ApproveDialog({ plan, preview, onClose, onApproved }: ApproveDialogProps) {
  const approve = useMutation(planMutations.approve())
  const runs = preview.matched - preview.counts['cannot-run']
  const firsts = preview.rings.flatMap(({ firstStartAt }) => firstStartAt ?? [])
  const first = firsts.toSorted()[0]
  const send = async (): Promise<void> => {
    if (preview.setHash === null) return
    try {
      // Awaited, because the editor with this dialog makes way for the fixed plan as soon as the answer is stored.
      const approved = await approve.mutateAsync({ id: plan.id, etag: plan.etag, setHash: preview.setHash })
      toast.good(approved.state === 'running' ? `${approved.name} is approved and runs.` : `Your approval of ${approved.name} is kept. It still waits for others.`)
      onClose()
      onApproved(approved)
    } catch {
      // The mutation keeps what went wrong, and the dialog shows it.
    }
  }
  return (
    <Dialog
      open
      onOpenChange={(stays) => !stays && onClose()}
      title={`Approve ${plan.name}?`}
      description={`Once all approvals are given, ${plural(runs, 'firewall')} will be ${plan.kind === 'reboot' ? 'restarted' : 'updated'} without asking again, in rings, inside their windows. A firewall that would install something else by then is held.`}
      footer={
        <>
          <Button onClick={onClose}>Look at it again</Button>
          <Button variant="primary" busy={approve.isPending} disabledReason={preview.setHash === null ? 'No firewall of it can run.' : null} onClick={() => void send()}>
            Approve the {plan.kind === 'reboot' ? 'restart' : 'update'} of {formatCount(runs)}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <Facts
          items={[
            ['What', KIND_WORDS[plan.kind]],
            ['Customers', namesInShort(preview.customers.map(({ name }) => name), 5)],
            ['Rings', preview.rings.map(({ name, runs: of }) => `${name} ${formatCount(of)}`).join(', ')],
            ['Begins', first === undefined ? 'no start was found' : startWords(first, null).own],
            ['Done by', preview.doneBy === null ? 'not known' : formatDate(preview.doneBy)],
            ['Reboots', rebootWords(preview)],
            ['Left out', preview.counts['cannot-run'] === 0 ? 'none' : `${formatCount(preview.counts['cannot-run'])} that cannot run`],
            ...(preview.counts['needs-person'] > 0 ? [['Afterwards', <span key="person" className="text-you">{plural(preview.counts['needs-person'], 'firewall')} {preview.counts['needs-person'] === 1 ? 'needs' : 'need'} a person</span>] as const] : []),
          ]}
        />
        <ProblemNotice error={approve.error} />
      </div>
    </Dialog>
  )
}
