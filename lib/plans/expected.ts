import 'server-only'
import type { UpdateAbility } from '@/lib/adapters/firmware-port'
import type { PlanKind } from './words'

/** Looking, backing up and installing; a new series replaces everything and may restart twice. */
const WORK_MINUTES = { minor: 15, major: 30, reboot: 5 } as const satisfies Record<PlanKind, number>

/** Minutes from the start of a job to its end that a window has to hold, by the slowest that the family is known for. */
export const minutesNeeded = ({ minutesAway, restartsMax }: Pick<UpdateAbility, 'minutesAway' | 'restartsMax'>, kind: PlanKind): number => WORK_MINUTES[kind] + minutesAway.most * (kind === 'major' ? restartsMax : 1)
