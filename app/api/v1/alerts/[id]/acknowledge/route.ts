import { alertOperations } from '@/lib/api/alerts'
import { handle } from '@/lib/http/handle'

export const POST = handle(alertOperations.acknowledge)
