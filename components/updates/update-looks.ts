import { Archive, Ban, CalendarClock, CircleCheck, CircleQuestionMark, CircleSlash, Download, Hand, Hourglass, ListChecks, OctagonX, PackageX, Play, RotateCw, ScanSearch, SkipForward } from 'lucide-react'
import type { Look } from '@/components/firewalls/detail/looks'
import { UPDATE_RULES, type UpdateState } from '@/lib/updates/states'

const looks = {
  scheduled: { role: 'none', icon: CalendarClock, shape: 'mark' },
  preflight: { role: 'plain', icon: ListChecks, shape: 'mark' },
  'backing-up': { role: 'plain', icon: Archive, shape: 'mark' },
  starting: { role: 'plain', icon: Play, shape: 'mark' },
  installing: { role: 'plain', icon: Download, shape: 'mark' },
  rebooting: { role: 'plain', icon: RotateCw, shape: 'mark' },
  verifying: { role: 'plain', icon: ScanSearch, shape: 'mark' },
  soaking: { role: 'plain', icon: Hourglass, shape: 'mark' },
  succeeded: { role: 'good', icon: CircleCheck, shape: 'mark' },
  skipped: { role: 'none', icon: SkipForward, shape: 'mark' },
  held: { role: 'you', icon: Hand, shape: 'mark' },
  blocked: { role: 'warn', icon: Ban, shape: 'mark' },
  'package-missing': { role: 'you', icon: PackageX, shape: 'mark' },
  // Palisade never goes on from here by itself, so a person has to look.
  unknown: { role: 'you', icon: CircleQuestionMark, shape: 'dashed' },
  failed: { role: 'bad', icon: OctagonX, shape: 'mark' },
  cancelled: { role: 'none', icon: CircleSlash, shape: 'mark' },
} as const satisfies Record<UpdateState, Omit<Look, 'word'>>

/** Word, colour, icon and shape of a state of an update. */
export const updateLook = (state: UpdateState): Look => ({ word: UPDATE_RULES[state].word, ...looks[state] })
