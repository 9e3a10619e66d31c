import { emergencyStopOperations } from '@/lib/api/emergency-stop'
import { handle } from '@/lib/http/handle'

export const GET = handle(emergencyStopOperations.read)
export const POST = handle(emergencyStopOperations.stop)
