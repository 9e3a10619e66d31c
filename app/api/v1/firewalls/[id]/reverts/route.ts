import { revertOperations } from '@/lib/api/reverts'
import { handle } from '@/lib/http/handle'

export const GET = handle(revertOperations.list)
