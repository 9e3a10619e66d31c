import { Age } from '@/components/ui/age'
import { Tag } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import type { Column } from '@/components/ui/columns'
import type { OwnSessionDto } from '@/lib/account/input'
import { formatDateTime } from '@/lib/format/dates'

type End = (session: OwnSessionDto) => void

/** Where it was last heard of; where it began. */
const lastPlace = ({ address, lastAddress }: OwnSessionDto): string | null => lastAddress ?? address
export const placeOf = (session: OwnSessionDto): string => lastPlace(session) ?? 'an address that was not seen'

function Place({ session }: { session: OwnSessionDto }) {
  const place = lastPlace(session)
  if (place === null) return <span className="font-sans text-text-3">not seen</span>
  return (
    <span title={session.address !== null && session.address !== place ? `Signed in from ${session.address}` : undefined}>
      {place}
      {session.address !== null && session.address !== place && <span className="font-sans text-text-3"> · began at {session.address}</span>}
    </span>
  )
}

function Browser({ session }: { session: OwnSessionDto }) {
  return (
    <span className="inline-flex max-w-full items-center gap-2">
      <span className="truncate font-medium">{session.browser}</span>
      {session.isThis && <Tag>this one</Tag>}
    </span>
  )
}

const howOf = (session: OwnSessionDto): string => (session.secondFactor ? 'password and code' : 'password')

function EndButton({ session, onEnd }: { session: OwnSessionDto; onEnd: End }) {
  if (session.isThis) return <span className="text-xs text-text-3">sign out to end it</span>
  return (
    <Button size="sm" aria-label={`End the session of ${session.browser}`} onClick={() => onEnd(session)}>
      End
    </Button>
  )
}

export const sessionColumns = (onEnd: End): Column<OwnSessionDto>[] => [
  { id: 'browser', head: 'Browser', width: '24%', cell: (session) => <Browser session={session} /> },
  { id: 'place', head: 'Place', width: '22%', mono: true, cell: (session) => <Place session={session} /> },
  { id: 'how', head: 'Signed in with', hideBelow: 'lg', cell: howOf },
  { id: 'used', head: 'Last used', width: '110px', cell: (session) => <Age at={session.lastSeenAt} /> },
  { id: 'began', head: 'Signed in', width: '150px', hideBelow: 'lg', cell: (session) => formatDateTime(session.createdAt) },
  { id: 'ends', head: 'Ends if unused', width: '150px', cell: (session) => formatDateTime(session.endsAt) },
  { id: 'acts', head: <span className="sr-only">Acts</span>, align: 'right', width: '140px', cell: (session) => <EndButton session={session} onEnd={onEnd} /> },
]

export function SessionCard({ session, onEnd }: { session: OwnSessionDto; onEnd: End }) {
  return (
    <div className="flex items-center justify-between gap-3">
      <div className="min-w-0">
        <p className="truncate text-base">
          <Browser session={session} />
        </p>
        <p className="text-xs text-text-2">
          {placeOf(session)}, used <Age at={session.lastSeenAt} className="text-inherit" />
        </p>
        <p className="text-xs text-text-3">
          with {howOf(session)}, until {formatDateTime(session.endsAt)} if unused
        </p>
      </div>
      <EndButton session={session} onEnd={onEnd} />
    </div>
  )
}
