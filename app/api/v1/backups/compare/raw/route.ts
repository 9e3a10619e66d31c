import { compareOperations } from '@/lib/api/compare'
import { handle } from '@/lib/http/handle'

export const GET = handle(compareOperations.raw)
