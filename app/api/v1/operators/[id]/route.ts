import { teamOperations } from '@/lib/api/team'
import { handle } from '@/lib/http/handle'

export const GET = handle(teamOperations.read)
export const PATCH = handle(teamOperations.edit)
export const DELETE = handle(teamOperations.remove)
