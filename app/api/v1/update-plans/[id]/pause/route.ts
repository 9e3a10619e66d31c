import { rolloutOperations } from '@/lib/api/rollout'
import { handle } from '@/lib/http/handle'

export const POST = handle(rolloutOperations.pause)
