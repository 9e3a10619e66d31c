import 'server-only'
import type { Actor } from '@/lib/auth/actor'
import { authoriseScope } from '@/lib/auth/authorise'
import { AppError } from '@/lib/core/errors'
import type { z } from 'zod'
import { requireUsable } from './check-design'
import type { PlanPreview } from './dto'
import { findPlan } from './find'
import type { previewInput, previewPlanInput } from './input'
import { toPreview } from './preview-of'
import { shapeOf } from './shape'
import { workOut } from './work-out'

/** What a plan that is not saved would do with the firewalls that one plans updates for. Nothing is sent to any firewall. */
export async function previewDesign(actor: Actor, { id, kind, query, holdIfReboot, design, ...rows }: z.output<typeof previewInput>, now = new Date()): Promise<PlanPreview> {
  const { customerIds } = authoriseScope(actor, 'update:plan')
  requireUsable(design)
  const own = id === undefined ? null : (await findPlan(actor, id)).row.id
  return toPreview(await workOut({ id: own, kind, query, holdIfReboot, design }, customerIds, now), { kind, design }, rows)
}

/** What a plan would do as it is saved: what an approval is of. Throws forbidden for who lacks one of its customers. */
export async function previewPlan(actor: Actor, { id, ...rows }: z.output<typeof previewPlanInput>, now = new Date()): Promise<PlanPreview> {
  authoriseScope(actor, 'update:plan')
  const { row, partial } = await findPlan(actor, id)
  if (partial) throw new AppError('forbidden', 'This plan has firewalls of customers that you do not see.', { nextStep: 'You see the jobs of your own once it is approved.', permission: 'update:plan' })
  const shape = shapeOf(row)
  return toPreview(await workOut(shape, row.customerIds, now), shape, rows)
}
