import 'server-only'
import { UPDATE_KINDS } from '@/lib/adapters/words'
import { AppError } from '@/lib/core/errors'
import type { UpdatePlan } from '@/lib/db/generated/client'
import { planDesign } from './input'
import type { PlanDesign, PlanKind } from './words'

/** A plan, saved or not: all that decides what it would do. */
export type PlanShape = { id: string | null; kind: PlanKind; query: string; holdIfReboot: boolean; design: PlanDesign }

export const kindOf = (text: string): PlanKind => UPDATE_KINDS.find((kind) => kind === text) ?? 'minor'

/** The stored design. Throws internal when it is not understood, as after going back to an older Palisade. */
export function designOf(stored: unknown): PlanDesign {
  const parsed = planDesign.safeParse(stored)
  if (!parsed.success) throw new AppError('internal', 'The design of this plan is not understood.')
  return parsed.data
}
export const shapeOf = ({ id, kind, query, holdIfReboot, design }: Pick<UpdatePlan, 'id' | 'kind' | 'query' | 'holdIfReboot' | 'design'>): PlanShape => ({ id, kind: kindOf(kind), query, holdIfReboot, design: designOf(design) })
