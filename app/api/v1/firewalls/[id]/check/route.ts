import { firewallOperations } from '@/lib/api/firewalls'
import { handle } from '@/lib/http/handle'

export const POST = handle(firewallOperations.startCheck)
export const GET = handle(firewallOperations.readCheck)
