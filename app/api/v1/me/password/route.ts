import { accountOperations } from '@/lib/api/account'
import { handle } from '@/lib/http/handle'

export const PUT = handle(accountOperations.changePassword)
