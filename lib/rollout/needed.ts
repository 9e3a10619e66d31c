import 'server-only'
import { familyModule, isFamily } from '@/lib/adapters/registry'
import { minutesNeeded } from '@/lib/plans/expected'
import { kindOf } from '@/lib/plans/shape'

/** Minutes from the start of a job to its end that its window has to hold. */
export const neededBy = (family: string, kind: string): number => (isFamily(family) ? minutesNeeded(familyModule(family).updateAbility, kindOf(kind)) : 0)
