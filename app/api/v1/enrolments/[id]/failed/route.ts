import { enrolmentOperations } from '@/lib/api/enrolment'
import { handle } from '@/lib/http/handle'

export const GET = handle(enrolmentOperations.failed)
