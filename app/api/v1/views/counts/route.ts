import { viewOperations } from '@/lib/api/views'
import { handle } from '@/lib/http/handle'

export const GET = handle(viewOperations.counts)
