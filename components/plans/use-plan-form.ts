import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { ApiError } from '@/lib/core/api-error'
import type { PlanDto } from '@/lib/plans/dto'
import { planMutations } from '@/lib/queries/plans'
import { bodyOf, draftOf, sameDraft, type PlanFormDraft } from './plan-draft'

export type PlanFormState = {
  draft: PlanFormDraft
  change: (part: Partial<PlanFormDraft>) => void
  /** It is not as it is saved. */
  changed: boolean
  /** The plan that somebody else saved meanwhile, which what stands here would overwrite. */
  conflict: PlanDto | null
  /** Forgets what stands here for what is stored. */
  takeStored: () => void
  /** Saves what is changed; null when that failed, which then is the `error`. */
  save: () => Promise<PlanDto | null>
  busy: boolean
  error: ApiError | Error | null
}

/**
 * What stands in the editor of `stored`, or of a plan that is not saved yet. Without changes it follows what is stored; with some, it
 * is never overwritten by it.
 */
export function usePlanForm(stored: PlanDto | null, start: PlanFormDraft): PlanFormState {
  const [key] = useState(() => crypto.randomUUID())
  const [filledFrom, setFilledFrom] = useState<{ etag: string | null; draft: PlanFormDraft }>({ etag: stored?.etag ?? null, draft: start })
  const [draft, setDraft] = useState(start)
  const create = useMutation(planMutations.create(key))
  const edit = useMutation(planMutations.edit())
  const changed = !sameDraft(draft, filledFrom.draft)
  const fill = (plan: PlanDto): void => {
    const next = draftOf(plan)
    if (next === null) return
    setFilledFrom({ etag: plan.etag, draft: next })
    setDraft(next)
  }
  const storedDraft = stored === null ? null : draftOf(stored)
  const moved = stored !== null && storedDraft !== null && stored.etag !== filledFrom.etag
  // What is stored is as it stands here, or as it was: nothing of anybody is lost.
  if (moved && sameDraft(storedDraft, filledFrom.draft)) setFilledFrom({ etag: stored.etag, draft: filledFrom.draft })
  else if (moved && (!changed || sameDraft(storedDraft, draft))) fill(stored)

  const save = async (): Promise<PlanDto | null> => {
    try {
      const saved = stored === null ? await create.mutateAsync(bodyOf(draft)) : changed ? await edit.mutateAsync({ id: stored.id, etag: filledFrom.etag ?? '', ...bodyOf(draft) }) : stored
      fill(saved)
      return saved
    } catch {
      // The mutation keeps what went wrong.
      return null
    }
  }
  return {
    draft,
    change: (part) => {
      setDraft((before) => ({ ...before, ...part }))
      if (create.isError) create.reset()
      if (edit.isError) edit.reset()
    },
    changed,
    conflict: moved && changed && !sameDraft(storedDraft, draft) && !sameDraft(storedDraft, filledFrom.draft) && !edit.isPending ? stored : null,
    takeStored: () => {
      edit.reset()
      if (stored !== null) fill(stored)
    },
    save,
    busy: create.isPending || edit.isPending,
    error: create.error ?? edit.error,
  }
}
