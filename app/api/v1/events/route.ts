import { eventOperations } from '@/lib/api/events'
import { handle } from '@/lib/http/handle'

export const GET = handle(eventOperations.follow)
