import { siteOperations } from '@/lib/api/sites'
import { handle } from '@/lib/http/handle'

export const GET = handle(siteOperations.read)
export const PATCH = handle(siteOperations.edit)
export const DELETE = handle(siteOperations.remove)
