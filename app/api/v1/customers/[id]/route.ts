import { customerOperations } from '@/lib/api/customers'
import { handle } from '@/lib/http/handle'

export const GET = handle(customerOperations.read)
export const PATCH = handle(customerOperations.edit)
export const DELETE = handle(customerOperations.remove)
