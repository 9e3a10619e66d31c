import { teamOperations } from '@/lib/api/team'
import { handle } from '@/lib/http/handle'

export const POST = handle(teamOperations.followLink)
