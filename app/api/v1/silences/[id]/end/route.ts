import { silenceOperations } from '@/lib/api/silences'
import { handle } from '@/lib/http/handle'

export const POST = handle(silenceOperations.end)
