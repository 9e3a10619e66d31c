import { updateJobOperations } from '@/lib/api/update-jobs'
import { handle } from '@/lib/http/handle'

export const POST = handle(updateJobOperations.verifyByHand)
