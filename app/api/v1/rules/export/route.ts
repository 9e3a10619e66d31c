import { fleetListOperations } from '@/lib/api/fleet-lists'
import { handle } from '@/lib/http/handle'

export const GET = handle(fleetListOperations.exportRules)
