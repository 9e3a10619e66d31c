import { historyOperations } from '@/lib/api/history'
import { handle } from '@/lib/http/handle'

export const GET = handle(historyOperations.ofFleet)
