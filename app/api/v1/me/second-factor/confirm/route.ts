import { accountOperations } from '@/lib/api/account'
import { handle } from '@/lib/http/handle'

export const POST = handle(accountOperations.confirmSecondFactor)
