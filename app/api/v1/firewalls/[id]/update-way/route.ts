import { firewallOperations } from '@/lib/api/firewalls'
import { handle } from '@/lib/http/handle'

export const PUT = handle(firewallOperations.editUpdateWay)
