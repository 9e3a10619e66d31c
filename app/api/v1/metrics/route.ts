import { metricsOperations } from '@/lib/api/metrics'
import { handle } from '@/lib/http/handle'

export const GET = handle(metricsOperations.read)
