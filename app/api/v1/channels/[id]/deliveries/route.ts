import { channelOperations } from '@/lib/api/channels'
import { handle } from '@/lib/http/handle'

export const GET = handle(channelOperations.deliveries)
