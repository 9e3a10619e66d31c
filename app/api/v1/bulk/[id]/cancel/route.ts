import { bulkOperations } from '@/lib/api/bulk'
import { handle } from '@/lib/http/handle'

export const POST = handle(bulkOperations.cancel)
