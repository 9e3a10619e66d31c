import { customerOperations } from '@/lib/api/customers'
import { handle } from '@/lib/http/handle'

export const GET = handle(customerOperations.list)
export const POST = handle(customerOperations.create)
