import { firmwareOperations } from '@/lib/api/firmware'
import { handle } from '@/lib/http/handle'

export const GET = handle(firmwareOperations.versions)
