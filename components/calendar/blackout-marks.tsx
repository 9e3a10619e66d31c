import { cn } from '@/lib/core/cn'
import type { BlackoutDto } from '@/lib/windows/dto'
import { blackoutLabel, blackoutTitle } from './calendar-blackouts'

/** Hatched: nothing starts. */
export const HATCHED = 'bg-[repeating-linear-gradient(135deg,var(--line)_0_1px,transparent_1px_7px)]'

type BlackoutMarksProps = { blackouts: readonly BlackoutDto[]; /** The look of each. */ className?: string; onBlackout: (blackout: BlackoutDto) => void }

/** The blackouts of a day, each with whom it is for; it opens from here. */
export function BlackoutMarks({ blackouts, className, onBlackout }: BlackoutMarksProps) {
  return blackouts.map((blackout) => (
    <button key={blackout.id} type="button" title={blackoutTitle(blackout)} onClick={() => onBlackout(blackout)} className={cn('min-h-6 max-w-full rounded-sm border border-dashed border-line-2 bg-surface px-1.5 text-left text-xs break-words text-text-2 hover:bg-hover max-md:min-h-11', className)}>
      {blackoutLabel(blackout)}
    </button>
  ))
}
