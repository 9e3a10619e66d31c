'use client'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { RevokeTokenDialog } from '@/components/account/revoke-token-dialog'
import { Part } from '@/components/settings/part'
import { Age } from '@/components/ui/age'
import { Button } from '@/components/ui/button'
import { LoadMore } from '@/components/ui/load-more'
import { ProblemNotice } from '@/components/ui/problem'
import { SkeletonRows } from '@/components/ui/skeleton'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table'
import { formatDate } from '@/lib/format/dates'
import { tokenQueries } from '@/lib/queries/tokens'
import type { OperatorDto } from '@/lib/team/input'
import type { TokenDto } from '@/lib/tokens/input'
import { ROLE_WORDS } from './grant-words'

/** Tokens that act in the name of this operator. Those that have ended are counted, not listed. */
export function OperatorTokens({ operator }: { operator: OperatorDto }) {
  const [revoking, setRevoking] = useState<TokenDto | null>(null)
  const visible = operator.mayChange || operator.isYou
  const { data, error, isPending, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery({
    ...tokenQueries.list({ operatorId: operator.id }),
    enabled: visible,
  })
  const tokens = data?.pages.flatMap((page) => page.items) ?? []
  const live = tokens.filter(({ state }) => state === 'live')
  const ended = tokens.length - live.length
  return (
    <Part id="tokens" title="Tokens" about="Programs that act in their name. Each has its own role and customers, and never more than the operator has now.">
      <ProblemNotice error={error} retry={() => void refetch()} />
      {!visible && <p className="text-text-3">They have a role that you do not have, so their tokens are not shown to you.</p>}
      {visible && isPending && <SkeletonRows rows={2} columns={4} />}
      {data && live.length === 0 && (
        <p className="text-text-3">No token works in their name.{ended > 0 && ` ${ended} ${ended === 1 ? 'has' : 'have'} ended or been revoked.`}</p>
      )}
      {live.length > 0 && (
        <div className="-mx-5 max-md:-mx-4">
          <Table caption={`Tokens of ${operator.name}`}>
            <TableHead>
              <TableRow>
                <TableHeader>Name</TableHeader>
                <TableHeader>May</TableHeader>
                <TableHeader className="max-md:hidden">Ends</TableHeader>
                <TableHeader className="max-md:hidden">Last used</TableHeader>
                <TableHeader>
                  <span className="sr-only">Acts</span>
                </TableHeader>
              </TableRow>
            </TableHead>
            <TableBody>
              {live.map((token) => (
                <TableRow key={token.id} className="last:border-0">
                  <TableCell className="font-medium break-words">{token.name}</TableCell>
                  <TableCell className="text-text-2">{tokenMay(token)}</TableCell>
                  <TableCell className="whitespace-nowrap max-md:hidden">{formatDate(token.expiresAt)}</TableCell>
                  <TableCell className="max-md:hidden">
                    <Age at={token.lastUsedAt} />
                  </TableCell>
                  <TableCell align="right">
                    <Button size="sm" variant="danger" aria-label={`Revoke ${token.name}`} onClick={() => setRevoking(token)}>
                      Revoke
                    </Button>
                  </TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        </div>
      )}
      {live.length > 0 && ended > 0 && (
        <p className="text-xs text-text-3">
          {ended} more {ended === 1 ? 'has' : 'have'} ended or been revoked.
        </p>
      )}
      <LoadMore more={hasNextPage} busy={isFetchingNextPage} onMore={() => void fetchNextPage()} what="tokens" />
      {revoking && <RevokeTokenDialog token={revoking} onClose={() => setRevoking(null)} />}
    </Part>
  )
}

const tokenMay = ({ role, customers }: TokenDto): string =>
  `${ROLE_WORDS[role]} of ${customers === null ? 'all customers they have' : customers.map(({ name }) => name).join(', ')}`
