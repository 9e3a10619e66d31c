import { formatClock } from '@/lib/format/dates'
import { ApiError } from '@/lib/queries/client'

type Tries = { triesLeft: number; retryAt: string | null }

/** What a refusal tells about the tries; null when it tells nothing. */
export function triesOfError(error: unknown): Tries | null {
  if (!(error instanceof ApiError) || typeof error.details.triesLeft !== 'number') return null
  return { triesLeft: error.details.triesLeft, retryAt: typeof error.details.retryAt === 'string' ? error.details.retryAt : null }
}

/** Why no credential can be tried now; null when one can. */
export const reasonNoTries = ({ triesLeft, retryAt }: Tries): string | null =>
  triesLeft > 0 ? null : `No tries left${retryAt === null ? '' : ` until ${formatClock(retryAt)}`}, so that the firewall does not lock you out.`

/** At most two failed sign-ins in 30 minutes are sent to any firewall; this is how many are left. */
export function TriesLeft({ triesLeft, retryAt }: Tries) {
  return (
    <span className="text-xs text-text-3">
      Failed sign-ins left in the next 30 min: {triesLeft} of 2{triesLeft === 0 && retryAt !== null ? `, the next at ${formatClock(retryAt)}` : ''}
    </span>
  )
}
