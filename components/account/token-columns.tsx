'use client'
import { CircleSlash, TriangleAlert } from 'lucide-react'
import { ROLE_WORDS } from '@/components/team/grant-words'
import { Age } from '@/components/ui/age'
import { Button } from '@/components/ui/button'
import type { Column } from '@/components/ui/columns'
import { useNow } from '@/components/ui/use-now'
import { formatDate } from '@/lib/format/dates'
import type { TokenDto } from '@/lib/tokens/input'
import { tokenStand } from './token-state'

type Revoke = (token: TokenDto) => void

const customersOf = ({ customers }: TokenDto): string => (customers === null ? 'all that you have' : customers.map(({ name }) => name).join(', '))

function Stand({ token }: { token: TokenDto }) {
  const nowMs = useNow()
  if (nowMs === null) return null
  const { tone, word, reason } = tokenStand(token, nowMs)
  return (
    <span className="inline-flex max-w-full min-w-0 items-center gap-2 align-middle">
      {tone === 'plain' && <span aria-hidden className="keeps-shape mx-1 inline-block size-2 shrink-0 rounded-full bg-good-mark" />}
      {tone === 'warn' && <TriangleAlert aria-hidden size={16} strokeWidth={1.75} className="shrink-0 text-warn-mark" />}
      {tone === 'none' && <CircleSlash aria-hidden size={16} strokeWidth={1.75} className="shrink-0 text-text-3" />}
      <span className="truncate">
        <span className={tone === 'warn' ? 'text-warn' : tone === 'none' ? 'text-text-3' : undefined}>{word}</span>
        {reason !== null && <span className="text-text-2"> · {reason}</span>}
      </span>
    </span>
  )
}

function RevokeButton({ token, onRevoke }: { token: TokenDto; onRevoke: Revoke }) {
  if (token.state !== 'live') return null
  return (
    <Button size="sm" variant="danger" aria-label={`Revoke ${token.name}`} onClick={() => onRevoke(token)}>
      Revoke
    </Button>
  )
}

export const tokenColumns = (onRevoke: Revoke): Column<TokenDto>[] => [
  { id: 'name', head: 'Name', width: '22%', cell: (token) => <span className={token.state === 'live' ? 'font-medium' : 'text-text-3'}>{token.name}</span> },
  { id: 'state', head: 'State', width: '17%', cell: (token) => <Stand token={token} /> },
  { id: 'role', head: 'Role', width: '90px', cell: (token) => ROLE_WORDS[token.role] },
  { id: 'customers', head: 'Customers', cell: (token) => <span title={customersOf(token)}>{customersOf(token)}</span> },
  { id: 'ends', head: 'Ends', width: '110px', cell: (token) => formatDate(token.expiresAt) },
  { id: 'used', head: 'Last used', width: '100px', cell: (token) => <Age at={token.lastUsedAt} /> },
  {
    id: 'acts',
    head: <span className="sr-only">Acts</span>,
    align: 'right',
    width: '100px',
    cell: (token) => <RevokeButton token={token} onRevoke={onRevoke} />,
  },
]

const Used = ({ at }: { at: string }) => (
  <>
    used <Age at={at} className="text-inherit" />
  </>
)

export function TokenCard({ token, onRevoke }: { token: TokenDto; onRevoke: Revoke }) {
  return (
    <div className="flex items-center justify-between gap-3">
      <div className="min-w-0">
        <p className="flex items-center gap-3">
          <span className="truncate text-base font-medium">{token.name}</span>
          <span className="shrink-0 text-xs">
            <Stand token={token} />
          </span>
        </p>
        <p className="truncate text-xs text-text-2">
          {ROLE_WORDS[token.role]} of {customersOf(token)}
        </p>
        <p className="text-xs text-text-3">
          until {formatDate(token.expiresAt)}, {token.lastUsedAt === null ? 'not used yet' : <Used at={token.lastUsedAt} />}
        </p>
      </div>
      <RevokeButton token={token} onRevoke={onRevoke} />
    </div>
  )
}
