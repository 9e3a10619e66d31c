import { operation } from '@/lib/http/operation'
import { versionHoldDto, versionHolds } from '@/lib/plans/dto'
import { createVersionHoldInput, listVersionHoldsInput, versionHoldId } from '@/lib/plans/input'
import { createVersionHold, liftVersionHold, listVersionHolds } from '@/lib/plans/version-holds'

const tag = 'firmware'

export const versionHoldOperations = {
  list: operation({ id: 'listVersionHolds', method: 'get', path: '/version-holds', tag, summary: 'Versions that are not installed for now', input: listVersionHoldsInput, output: versionHolds, run: listVersionHolds }),
  create: operation({ id: 'createVersionHold', method: 'post', path: '/version-holds', tag, summary: 'Hold a version for the fleet, a customer, or in a plan from a ring outward', input: createVersionHoldInput, output: versionHoldDto, status: 201, creates: true, run: (actor, input, { create }) => createVersionHold(actor, input, create) }),
  lift: operation({ id: 'liftVersionHold', method: 'post', path: '/version-holds/{id}/lift', tag, summary: 'Let a held version be installed again', input: versionHoldId, output: versionHoldDto, run: liftVersionHold }),
}
