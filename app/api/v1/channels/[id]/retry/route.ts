import { channelOperations } from '@/lib/api/channels'
import { handle } from '@/lib/http/handle'

export const POST = handle(channelOperations.retry)
