import type { TestResult } from '@/lib/firewalls/dto'
import { formatClock } from '@/lib/format/dates'
import { formatMs, plural } from '@/lib/format/numbers'
import type { Enrolment, EnteredCredential } from './enrolment'

const TRUST_WORDS = { pin: 'Pinned', 'public-ca': 'By the public authority', 'plain-http': 'None, the credential travels in clear' } as const

/** `Pinned, confirmed by you at 02:44` */
export const certificateSummary = ({ input, confirmedAt }: NonNullable<Enrolment['trust']>): string =>
  `${TRUST_WORDS[input.mode]}, confirmed by you at ${formatClock(confirmedAt)}`

/** `Key and secret read from the file, sealed when you save`; never a part of the credential itself. */
export const credentialSummary = ({ methodLabel, fromFile }: EnteredCredential): string =>
  `${methodLabel}${fromFile ? ', read from the file' : ''}, sealed when you save`

/** `16 reads tried in 2.1 s, nothing was changed` */
export const testSummary = ({ test, durationMs }: TestResult): string =>
  `${plural(test.features.length, 'feature')} tried in ${formatMs(durationMs)}, nothing was changed`
