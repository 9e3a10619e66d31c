import { channelOperations } from '@/lib/api/channels'
import { handle } from '@/lib/http/handle'

export const GET = handle(channelOperations.read)
export const PATCH = handle(channelOperations.edit)
export const DELETE = handle(channelOperations.remove)
