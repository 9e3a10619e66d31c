import { updateJobOperations } from '@/lib/api/update-jobs'
import { handle } from '@/lib/http/handle'

export const GET = handle(updateJobOperations.list)
