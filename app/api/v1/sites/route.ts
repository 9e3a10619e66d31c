import { siteOperations } from '@/lib/api/sites'
import { handle } from '@/lib/http/handle'

export const GET = handle(siteOperations.list)
export const POST = handle(siteOperations.create)
