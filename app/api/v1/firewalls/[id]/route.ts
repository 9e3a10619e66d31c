import { firewallOperations } from '@/lib/api/firewalls'
import { handle } from '@/lib/http/handle'

export const GET = handle(firewallOperations.read)
export const PATCH = handle(firewallOperations.edit)
export const DELETE = handle(firewallOperations.remove)
