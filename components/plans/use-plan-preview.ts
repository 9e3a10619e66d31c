import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { PLAN_FIREWALLS_MAX, PREVIEW_ROWS } from '@/lib/plans/words'
import type { PlanPreview } from '@/lib/plans/dto'
import { planQueries } from '@/lib/queries/plans'
import { isReadable, queryOf, type PlanFormDraft } from './plan-draft'

/** Long enough that a word is typed to its end. */
const SETTLED_MS = 400

/** The draft once nobody has changed it for a moment. */
function useSettledDraft(draft: PlanFormDraft): PlanFormDraft {
  const [settled, setSettled] = useState(draft)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(draft), SETTLED_MS)
    return () => clearTimeout(timer)
  }, [draft])
  return settled
}

export type PlanPreviewState = { preview: PlanPreview | null; /** It is of the plan as it is saved, so that it can be approved. */ ofSaved: boolean; working: boolean; error: Error | null; again: () => void }

/**
 * What stands in the editor worked out: of the plan as it is saved while nothing is changed, else of the draft. The one before stays
 * until the next is there. `all`: every row, not the first ones of each group.
 */
export function usePlanPreview(id: string | null, draft: PlanFormDraft, changed: boolean, all: boolean): PlanPreviewState {
  const rows = all ? PLAN_FIREWALLS_MAX : PREVIEW_ROWS / 10
  const settled = useSettledDraft(draft)
  const readable = isReadable(settled)
  const { kind, conditions, holdIfReboot, design } = settled
  const saved = useQuery({ ...planQueries.preview(id ?? '', { rows }), enabled: id !== null && !changed })
  const drafted = useQuery({ ...planQueries.draft({ ...(id !== null && { id }), kind, query: queryOf(conditions), holdIfReboot, design, rows }), enabled: (id === null || changed) && readable })
  const current = id !== null && !changed ? saved : drafted
  const [last, setLast] = useState<PlanPreview | null>(null)
  // What is kept of an earlier question is no answer while the new one is on its way.
  const answer = current.isFetching ? null : (current.data ?? null)
  if (answer !== null && answer !== last) setLast(answer)
  return {
    preview: answer ?? last ?? current.data ?? null,
    ofSaved: id !== null && !changed && !saved.isFetching && saved.data !== undefined,
    working: current.isFetching || settled !== draft,
    error: current.error,
    again: () => void current.refetch(),
  }
}
