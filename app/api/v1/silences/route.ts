import { silenceOperations } from '@/lib/api/silences'
import { handle } from '@/lib/http/handle'

export const GET = handle(silenceOperations.list)
export const POST = handle(silenceOperations.create)
