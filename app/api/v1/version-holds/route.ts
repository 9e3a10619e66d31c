import { versionHoldOperations } from '@/lib/api/version-holds'
import { handle } from '@/lib/http/handle'

export const GET = handle(versionHoldOperations.list)
export const POST = handle(versionHoldOperations.create)
