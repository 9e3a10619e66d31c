import { backupOperations } from '@/lib/api/backups'
import { handle } from '@/lib/http/handle'

export const POST = handle(backupOperations.download)
