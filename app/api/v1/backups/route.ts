import { backupOperations } from '@/lib/api/backups'
import { handle } from '@/lib/http/handle'

export const GET = handle(backupOperations.states)
