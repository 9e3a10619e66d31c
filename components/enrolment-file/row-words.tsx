import { Circle, CircleSlash, Equal, EqualNot, Hourglass, ListChecks, OctagonX, ScanSearch, ShieldAlert } from 'lucide-react'
import { lookRail, LookWord, type Look } from '@/components/firewalls/detail/looks'
import type { EnrolmentRowDto, FilePreview } from '@/lib/enrolment/dto'
import type { RowState } from '@/lib/enrolment/states'

/** A new state does not compile without its row. */
export const ROW_LOOKS: Record<RowState, Look> = {
  'waits-for-trust': { word: 'Waits for you', role: 'you', icon: ShieldAlert, shape: 'mark' },
  failed: { word: 'Failed', role: 'bad', icon: OctagonX, shape: 'mark' },
  differs: { word: 'Differs', role: 'plain', icon: EqualNot, shape: 'mark' },
  testing: { word: 'Testing', role: 'plain', icon: ListChecks, shape: 'mark' },
  probing: { word: 'Looking', role: 'plain', icon: ScanSearch, shape: 'mark' },
  waiting: { word: 'Waiting', role: 'none', icon: Hourglass, shape: 'mark' },
  enrolled: { word: 'Enrolled', role: 'good', icon: Circle, shape: 'dot' },
  unchanged: { word: 'Unchanged', role: 'none', icon: Equal, shape: 'mark' },
  dropped: { word: 'Given up', role: 'none', icon: CircleSlash, shape: 'mark' },
}

/** What a group of lines is, above it. */
export const GROUP_WORDS: Record<RowState, { title: string; about: string | null }> = {
  'waits-for-trust': {
    title: 'Waits for you',
    about: 'No credential has been sent to these. Compare each certificate at its firewall, then trust exactly that one.',
  },
  failed: {
    title: 'Failed',
    about: 'Their credentials are kept sealed until you try again or give them up. At most two failed sign-ins in 30 minutes are sent to any firewall.',
  },
  differs: { title: 'Enrolled already, and different', about: 'Nothing of these was changed.' },
  testing: { title: 'Testing now', about: null },
  probing: { title: 'Looking now', about: null },
  waiting: { title: 'Waiting for their turn', about: null },
  enrolled: { title: 'Enrolled', about: null },
  unchanged: { title: 'Enrolled already, and the same', about: null },
  dropped: { title: 'Given up', about: null },
}

export const TRUST_PLANS = {
  compare: 'you compare it',
  pin: 'as in the file',
  'public-ca': 'public authority',
  'plain-http': 'none, not encrypted',
} as const satisfies Record<FilePreview['rows'][number]['trust'], string>

export const rowRail = ({ state }: EnrolmentRowDto) => lookRail(ROW_LOOKS[state])
export const RowWord = ({ state }: { state: RowState }) => <LookWord look={ROW_LOOKS[state]} />
