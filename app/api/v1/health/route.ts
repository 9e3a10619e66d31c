import { systemOperations } from '@/lib/api/system'
import { handle } from '@/lib/http/handle'

export const GET = handle(systemOperations.health)
