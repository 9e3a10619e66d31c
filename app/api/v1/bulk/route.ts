import { bulkOperations } from '@/lib/api/bulk'
import { handle } from '@/lib/http/handle'

export const GET = handle(bulkOperations.list)
export const POST = handle(bulkOperations.start)
