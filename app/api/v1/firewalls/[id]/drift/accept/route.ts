import { driftOperations } from '@/lib/api/drift'
import { handle } from '@/lib/http/handle'

export const POST = handle(driftOperations.accept)
