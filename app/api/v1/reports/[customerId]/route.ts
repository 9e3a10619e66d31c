import { reportOperations } from '@/lib/api/reports'
import { handle } from '@/lib/http/handle'

export const GET = handle(reportOperations.read)
