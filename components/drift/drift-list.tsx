'use client'
import { LoadMore } from '@/components/ui/load-more'
import type { DriftDto } from '@/lib/drift/dto'
import { DriftRow } from './drift-row'

type DriftListProps = {
  drifts: readonly DriftDto[]
  active: string | null
  /** The active row is where the keys are. */ takesFocus: boolean
  onChoose: (drift: DriftDto) => void
  onOpen: (drift: DriftDto) => void
  more: boolean
  busy: boolean
  onMore: () => void
}

/** Firewalls that drifted. Beside a panel it scrolls by itself, so that the place in it stays. */
export function DriftList({ drifts, active, takesFocus, onChoose, onOpen, more, busy, onMore }: DriftListProps) {
  return (
    <div className="lg:sticky lg:top-12 lg:max-h-[calc(100dvh-3rem)] lg:self-start lg:overflow-y-auto">
      <ul aria-label="Firewalls that drifted">
        {drifts.map((drift) => (
          <DriftRow
            key={drift.firewall.id}
            drift={drift}
            active={drift.firewall.id === active}
            takesFocus={takesFocus}
            onChoose={() => onChoose(drift)}
            onOpen={() => onOpen(drift)}
          />
        ))}
      </ul>
      <LoadMore more={more} busy={busy} onMore={onMore} what="firewalls" />
    </div>
  )
}
