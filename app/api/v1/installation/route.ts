import { settingsOperations } from '@/lib/api/settings'
import { handle } from '@/lib/http/handle'

export const GET = handle(settingsOperations.installation)
