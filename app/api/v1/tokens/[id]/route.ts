import { tokenOperations } from '@/lib/api/tokens'
import { handle } from '@/lib/http/handle'

export const DELETE = handle(tokenOperations.revoke)
