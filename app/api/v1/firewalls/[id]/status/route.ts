import { readingOperations } from '@/lib/api/readings'
import { handle } from '@/lib/http/handle'

export const GET = handle(readingOperations.status)
