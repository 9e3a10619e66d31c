import { emergencyStopOperations } from '@/lib/api/emergency-stop'
import { handle } from '@/lib/http/handle'

export const POST = handle(emergencyStopOperations.lift)
