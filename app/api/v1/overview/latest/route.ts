import { overviewOperations } from '@/lib/api/overview'
import { handle } from '@/lib/http/handle'

export const GET = handle(overviewOperations.latest)
