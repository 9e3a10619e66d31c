import { systemOperations } from '@/lib/api/system'
import { handle } from '@/lib/http/handle'

export const POST = handle(systemOperations.setUp)
