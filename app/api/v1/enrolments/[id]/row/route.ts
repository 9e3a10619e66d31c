import { enrolmentOperations } from '@/lib/api/enrolment'
import { handle } from '@/lib/http/handle'

export const PATCH = handle(enrolmentOperations.edit)
