import { choiceOperations } from '@/lib/api/choices'
import { handle } from '@/lib/http/handle'

export const GET = handle(choiceOperations.read)
export const PUT = handle(choiceOperations.save)
