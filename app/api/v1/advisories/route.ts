import { advisoryOperations } from '@/lib/api/advisories'
import { handle } from '@/lib/http/handle'

export const GET = handle(advisoryOperations.list)
