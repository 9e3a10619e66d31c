'use client'
import { Age } from '@/components/ui/age'
import { Button } from '@/components/ui/button'
import { Empty } from '@/components/ui/empty'
import type { AlertCounts } from '@/lib/alerts/dto'
import { formatCount, plural } from '@/lib/format/numbers'
import type { AlertView } from './alert-view'

type InboxEmptyProps = { view: AlertView; counts: AlertCounts | undefined; filtered: boolean; onClear: () => void }

/** Why the list is empty. That all is well is said with the age of the last look. */
export function InboxEmpty({ view: { tab }, counts, filtered, onClear }: InboxEmptyProps) {
  if (filtered) {
    return (
      <Empty title="No alert matches" action={<Button onClick={onClear}>Remove the conditions</Button>}>
        The conditions above leave nothing over.
      </Empty>
    )
  }
  if (tab === 'acknowledged') return <Empty title="Nobody looks after an alert">Acknowledge one under Open, and it stands here until it is over.</Empty>
  if (tab === 'resolved') return <Empty title="No alert is over yet">What ends stands here, with who looked after it and how long it lasted.</Empty>
  return (
    <Empty title={counts && counts.acknowledged > 0 ? 'Nothing else wants someone' : 'No alert is open'}>
      {counts && counts.acknowledged > 0 && <p>Somebody looks after {plural(counts.acknowledged, 'alert')}.</p>}
      {counts && <LastLook evaluatedAt={counts.evaluatedAt} />}
    </Empty>
  )
}

/** So long between two looks is longer than it should be. */
const LOOK_SECONDS = 30

function LastLook({ evaluatedAt }: { evaluatedAt: string | null }) {
  if (evaluatedAt === null) return <p>Palisade has not looked yet; a worker does so within a minute of its start.</p>
  return (
    <p>
      Looked at <Age at={evaluatedAt} intervalSeconds={LOOK_SECONDS} className="text-inherit" />; each {formatCount(LOOK_SECONDS / 2)} s or sooner.
    </p>
  )
}
