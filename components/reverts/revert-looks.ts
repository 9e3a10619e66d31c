import { Archive, CircleCheck, CircleQuestionMark, CircleSlash, Hourglass, ListChecks, OctagonX, RotateCcw, RotateCw, Save, ScanSearch } from 'lucide-react'
import type { Look } from '@/components/firewalls/detail/looks'
import { REVERT_WORDS, type RevertState } from '@/lib/reverts/states'

const looks = {
  asked: { role: 'plain', icon: Hourglass, shape: 'mark' },
  'backing-up': { role: 'plain', icon: Archive, shape: 'mark' },
  checking: { role: 'plain', icon: ListChecks, shape: 'mark' },
  storing: { role: 'plain', icon: Save, shape: 'mark' },
  stored: { role: 'you', icon: RotateCcw, shape: 'mark' },
  'restart-asked': { role: 'plain', icon: Hourglass, shape: 'mark' },
  restarting: { role: 'plain', icon: RotateCw, shape: 'mark' },
  'reading-back': { role: 'plain', icon: ScanSearch, shape: 'mark' },
  done: { role: 'good', icon: CircleCheck, shape: 'mark' },
  left: { role: 'none', icon: CircleSlash, shape: 'mark' },
  stopped: { role: 'none', icon: CircleSlash, shape: 'mark' },
  failed: { role: 'bad', icon: OctagonX, shape: 'mark' },
  unknown: { role: 'none', icon: CircleQuestionMark, shape: 'mark' },
} as const satisfies Record<RevertState, Omit<Look, 'word'>>

export const revertLook = (state: RevertState): Look => ({ word: REVERT_WORDS[state].word, ...looks[state] })

/** The way from the question to the proof, as a person follows it. */
export const REVERT_WAY: readonly RevertState[] = ['backing-up', 'checking', 'storing', 'stored', 'restarting', 'reading-back', 'done']

/** Where a state stands on the way; -1 for one that left it. */
export function placeOnWay(state: RevertState): number {
  if (state === 'asked') return 0
  return REVERT_WAY.indexOf(state === 'restart-asked' ? 'stored' : state)
}
