import { teamOperations } from '@/lib/api/team'
import { handle } from '@/lib/http/handle'

export const GET = handle(teamOperations.list)
export const POST = handle(teamOperations.invite)
