import { visitOperations } from '@/lib/api/visits'
import { handle } from '@/lib/http/handle'

export const GET = handle(visitOperations.read)
