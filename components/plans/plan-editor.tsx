'use client'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useCustomerScope } from '@/components/layout/customer-scope'
import { toast } from '@/components/ui/toast'
import { ApiError } from '@/lib/core/api-error'
import type { PlanDto } from '@/lib/plans/dto'
import type { PreviewGroup } from '@/lib/plans/words'
import { EditorBar } from './editor-bar'
import type { PlanFormDraft } from './plan-draft'
import { PlanForm } from './plan-form'
import { PreviewPane } from './preview-pane'
import { usePlanForm } from './use-plan-form'
import { usePlanPreview } from './use-plan-preview'

/** Fields of which the form itself says what is wrong; the rest is told above it. */
const isShown = (field: string): boolean => /^(name|kind|query|holdIfReboot|design\.)/.test(field) && field !== 'design.supersedesId'
const issuesOf = (error: unknown) => (error instanceof ApiError && error.code === 'invalid-input' ? error.issues : [])

/** The design at the left, what it would do at the right. `stored`: null for a plan that is not saved yet. */
export function PlanEditor({ stored, start }: { stored: PlanDto | null; start: PlanFormDraft }) {
  const router = useRouter()
  const { within } = useCustomerScope()
  const form = usePlanForm(stored, start)
  const [open, setOpen] = useState<ReadonlySet<PreviewGroup>>(new Set())
  const { draft, changed } = form
  const shown = usePlanPreview(stored?.id ?? null, draft, changed, open.size > 0)
  const issues = [...issuesOf(form.error), ...issuesOf(shown.error)]
  const names = draft.conditions.map(([name]) => name)
  const inForm = (error: unknown): boolean => issuesOf(error).length > 0 && issuesOf(error).every(({ field }) => isShown(field) || names.includes(field))
  const save = async (): Promise<void> => {
    const saved = await form.save()
    if (saved === null) return
    toast.good(`${saved.name} is saved as a draft.`)
    if (stored === null) router.replace(within(`/firmware/plans/${saved.id}/edit`))
  }
  return (
    <>
      <p className="border-b border-line bg-sunken px-4 py-2 text-xs text-text-2 md:hidden">Making a plan wants a wider screen. It works here too.</p>
      <div className="grid grid-cols-[minmax(0,1fr)] lg:grid-cols-[minmax(22rem,26rem)_minmax(0,1fr)]">
        <div className="min-w-0 border-line-2 max-lg:border-b lg:border-r">
          <PlanForm
            draft={draft}
            change={form.change}
            errorOf={(field) => issues.find((issue) => issue.field === field)?.message}
            faults={issues}
            preview={shown.preview}
            supersedes={stored?.supersedes ?? null}
          />
        </div>
        <PreviewPane
          preview={shown.preview}
          working={shown.working}
          error={inForm(shown.error) ? null : shown.error}
          kind={draft.kind}
          open={open}
          onOpen={(group) => setOpen(new Set([...open, group]))}
          onAgain={shown.again}
        />
      </div>
      <EditorBar stored={stored} form={form} shown={shown} marked={inForm(form.error)} onSave={() => void save()} />
    </>
  )
}
