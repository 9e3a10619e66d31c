import { brandOperations } from '@/lib/api/brand'
import { handle } from '@/lib/http/handle'

export const GET = handle(brandOperations.read)
export const PATCH = handle(brandOperations.edit)
