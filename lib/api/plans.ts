import { z } from 'zod'
import { operation } from '@/lib/http/operation'
import { approvePlan } from '@/lib/plans/approve'
import { askForApproval, withdrawPlan } from '@/lib/plans/ask'
import { createPlan, duplicatePlan } from '@/lib/plans/create'
import { firewallOffer, planDto, planList, planPreview } from '@/lib/plans/dto'
import { discardPlan, editPlan } from '@/lib/plans/edit'
import { approvePlanInput, createPlanInput, duplicatePlanInput, editPlanInput, listPlansInput, offerInput, planId, previewInput, previewPlanInput } from '@/lib/plans/input'
import { listPlans } from '@/lib/plans/list'
import { readFirewallOffer } from '@/lib/plans/offer'
import { previewDesign, previewPlan } from '@/lib/plans/preview'
import { readPlan } from '@/lib/plans/read'

const tag = 'firmware'

/** Plans of updates from the first draft to their approval; running one is lib/api/rollout.ts. */
export const planOperations = {
  list: operation({ id: 'listPlans', method: 'get', path: '/update-plans', tag, summary: 'Plans of updates, what waits for somebody first', input: listPlansInput, output: planList, run: listPlans }),
  create: operation({ id: 'createPlan', method: 'post', path: '/update-plans', tag, summary: 'Keep a draft of a plan', input: createPlanInput, output: planDto, status: 201, creates: true, run: (actor, input, { create }) => createPlan(actor, input, create) }),
  previewDesign: operation({ id: 'previewDesign', method: 'post', path: '/update-plans/preview', tag, summary: 'What a plan that is not saved would do, from stored state', input: previewInput, output: planPreview, run: (actor, input) => previewDesign(actor, input) }),
  read: operation({ id: 'readPlan', method: 'get', path: '/update-plans/{id}', tag, summary: 'One plan', input: planId, output: planDto, run: readPlan }),
  edit: operation({ id: 'editPlan', method: 'patch', path: '/update-plans/{id}', tag, summary: 'Change a draft', input: editPlanInput, output: planDto, ifMatch: true, run: (actor, input, { expectedRevision }) => editPlan(actor, input, expectedRevision) }),
  discard: operation({ id: 'discardPlan', method: 'delete', path: '/update-plans/{id}', tag, summary: 'Discard a draft', input: planId, output: z.object({ removed: z.literal(true) }), ifMatch: true, run: (actor, input, { expectedRevision }) => discardPlan(actor, input, expectedRevision) }),
  duplicate: operation({ id: 'duplicatePlan', method: 'post', path: '/update-plans/{id}/duplicate', tag, summary: 'Make a draft like this plan, which may supersede it', input: duplicatePlanInput, output: planDto, status: 201, creates: true, run: (actor, input, { create }) => duplicatePlan(actor, input, create) }),
  preview: operation({ id: 'previewPlan', method: 'get', path: '/update-plans/{id}/preview', tag, summary: 'What a saved plan would do, from stored state', input: previewPlanInput, output: planPreview, run: (actor, input) => previewPlan(actor, input) }),
  ask: operation({ id: 'askForApproval', method: 'post', path: '/update-plans/{id}/ask', tag, summary: 'Ask for the approval of a draft', input: planId, output: planDto, ifMatch: true, run: (actor, input, { expectedRevision }) => askForApproval(actor, input, expectedRevision) }),
  approve: operation({ id: 'approvePlan', method: 'post', path: '/update-plans/{id}/approve', tag, summary: 'Approve exactly what was shown', input: approvePlanInput, output: planDto, ifMatch: true, run: (actor, input, { expectedRevision }) => approvePlan(actor, input, expectedRevision) }),
  withdraw: operation({ id: 'withdrawPlan', method: 'post', path: '/update-plans/{id}/withdraw', tag, summary: 'Take asking or the approval back while nothing has begun', input: planId, output: planDto, ifMatch: true, run: (actor, input, { expectedRevision }) => withdrawPlan(actor, input, expectedRevision) }),
  offer: operation({ id: 'readFirewallOffer', method: 'get', path: '/firewalls/{id}/offer', tag, summary: 'What a firewall would install, package by package where it reports them', input: offerInput, output: firewallOffer, run: readFirewallOffer }),
}
