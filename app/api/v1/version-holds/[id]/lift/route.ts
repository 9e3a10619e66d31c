import { versionHoldOperations } from '@/lib/api/version-holds'
import { handle } from '@/lib/http/handle'

export const POST = handle(versionHoldOperations.lift)
