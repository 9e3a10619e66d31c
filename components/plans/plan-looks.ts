import { Check, CirclePause, CircleSlash, CornerUpLeft, Hand, PencilLine, Play, UserCheck } from 'lucide-react'
import type { Look } from '@/components/firewalls/detail/looks'
import type { PlanState } from '@/lib/plans/states'
import type { PlanKind } from '@/lib/plans/words'

/** A new state does not compile without its row. A halted plan has stopped on purpose, and only a person lets it go on. */
export const PLAN_LOOKS: Record<PlanState, Look> = {
  draft: { word: 'Draft', role: 'none', icon: PencilLine, shape: 'dashed' },
  'waiting-approval': { word: 'Waits for approval', role: 'you', icon: UserCheck, shape: 'mark' },
  running: { word: 'Running', role: 'plain', icon: Play, shape: 'mark' },
  paused: { word: 'Paused', role: 'plain', icon: CirclePause, shape: 'mark' },
  halted: { word: 'Halted', role: 'you', icon: Hand, shape: 'mark' },
  done: { word: 'Done', role: 'none', icon: Check, shape: 'mark' },
  cancelled: { word: 'Cancelled', role: 'none', icon: CircleSlash, shape: 'mark' },
  superseded: { word: 'Superseded', role: 'none', icon: CornerUpLeft, shape: 'mark' },
}

export const KIND_WORDS = { minor: 'Minor', major: 'Major', reboot: 'Reboot only' } as const satisfies Record<PlanKind, string>
