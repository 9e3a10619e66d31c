import type { KeyboardEvent } from 'react'
import type { Fault } from '@/components/filter/check-conditions'
import type { PlanPreview } from '@/lib/plans/dto'
import type { RingDesign } from '@/lib/plans/words'
import type { Pair } from '@/lib/query-language/parse'
import type { PlanFormDraft } from './plan-draft'

export type PartProps = {
  draft: PlanFormDraft
  change: (part: Partial<PlanFormDraft>) => void
  /** What is wrong with a field, by its name in the API: `design.rings.0.name`. */
  errorOf: (field: string) => string | undefined
  /** The same as a list, for conditions. */
  faults: readonly Fault[]
  preview: PlanPreview | null
  supersedes: { id: string; name: string } | null
}

export type RingRowProps = {
  ring: RingDesign
  at: number
  open: boolean
  last: boolean
  only: boolean
  /** How many it takes now; null while that is not known. */
  count: number | null
  runs: PlanPreview['rings'][number] | null
  /** Conditions of the plan: who is chosen by hand is chosen among those. */
  query: readonly Pair[]
  /** Where it cannot go. */
  fixed: { up: boolean; down: boolean }
  errorOf: PartProps['errorOf']
  onOpen: () => void
  onChange: (ring: RingDesign) => void
  onMove: (step: -1 | 1) => void
  onKeyDown: (event: KeyboardEvent) => void
  onRemove: () => void
  onDrag: () => void
  onDrop: () => void
}
