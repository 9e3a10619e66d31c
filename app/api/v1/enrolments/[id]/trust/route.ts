import { enrolmentOperations } from '@/lib/api/enrolment'
import { handle } from '@/lib/http/handle'

export const POST = handle(enrolmentOperations.trust)
