import { alertOperations } from '@/lib/api/alerts'
import { handle } from '@/lib/http/handle'

export const GET = handle(alertOperations.list)
