import { searchOperations } from '@/lib/api/search'
import { handle } from '@/lib/http/handle'

export const GET = handle(searchOperations.moved)
