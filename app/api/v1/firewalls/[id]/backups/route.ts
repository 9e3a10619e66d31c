import { backupOperations } from '@/lib/api/backups'
import { handle } from '@/lib/http/handle'

export const GET = handle(backupOperations.list)
export const POST = handle(backupOperations.take)
