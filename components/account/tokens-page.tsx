'use client'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Empty } from '@/components/ui/empty'
import { LoadMore } from '@/components/ui/load-more'
import { ProblemNotice } from '@/components/ui/problem'
import { SkeletonRows } from '@/components/ui/skeleton'
import { useNow } from '@/components/ui/use-now'
import { VirtualTable } from '@/components/ui/virtual-table'
import { tokenQueries } from '@/lib/queries/tokens'
import type { TokenDto } from '@/lib/tokens/input'
import { CreateTokenDialog } from './create-token-dialog'
import { RevokeTokenDialog } from './revoke-token-dialog'
import { TokenCard, tokenColumns } from './token-columns'
import { inOrder, tokenSentence, tokenStand } from './token-state'

/** Tokens with which programs act in one's name. */
export function TokensPage() {
  const nowMs = useNow()
  const [open, setOpen] = useState<TokenDto | 'create' | null>(null)
  const { data, error, isPending, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(tokenQueries.list())
  const loaded = data?.pages.flatMap((page) => page.items) ?? []
  const tokens = nowMs === null ? loaded : inOrder(loaded, nowMs)
  const create = (
    <Button icon={Plus} variant={data && loaded.length === 0 ? 'primary' : 'secondary'} onClick={() => setOpen('create')}>
      Make a token
    </Button>
  )
  return (
    <>
      <h2 className="sr-only">Tokens</h2>
      <ProblemNotice error={error} retry={() => void refetch()} className="mx-5 my-4 max-md:mx-4" />
      {data && loaded.length === 0 && (
        <Empty title="No token yet" action={create}>
          A token lets a program use the API in your name: with a role and customers of its own, never more than you have, until a day that you choose.
        </Empty>
      )}
      {loaded.length > 0 && (
        <>
          <div className="flex flex-wrap items-center gap-x-6 gap-y-3 px-5 py-4 max-md:px-4">
            <div className="min-w-60 flex-1">
              <p className="min-h-6 text-lg">{nowMs !== null && tokenSentence(loaded, nowMs)}</p>
              <p className="text-text-2">A token never has more than you have, and it ends when you are disabled.</p>
            </div>
            {create}
          </div>
          <VirtualTable
            caption="Your tokens"
            rows={tokens}
            columns={tokenColumns(setOpen)}
            rowHeight={40}
            rowKey={(token) => token.id}
            rail={(token) => (nowMs !== null && tokenStand(token, nowMs).tone === 'warn' ? 'warn' : null)}
            card={(token) => <TokenCard token={token} onRevoke={setOpen} />}
          />
          <LoadMore more={hasNextPage} busy={isFetchingNextPage} onMore={() => void fetchNextPage()} what="tokens" />
        </>
      )}
      {isPending && <SkeletonRows rows={4} columns={5} rowHeight={40} />}
      {open === 'create' && <CreateTokenDialog onClose={() => setOpen(null)} />}
      {open !== null && open !== 'create' && <RevokeTokenDialog token={open} onClose={() => setOpen(null)} />}
    </>
  )
}
