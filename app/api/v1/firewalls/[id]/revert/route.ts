import { revertOperations } from '@/lib/api/reverts'
import { handle } from '@/lib/http/handle'

export const POST = handle(revertOperations.start)
