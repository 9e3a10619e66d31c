'use client'
import { useQuery } from '@tanstack/react-query'
import { ArrowLeft } from 'lucide-react'
import Link from 'next/link'
import { Aside, AsidePart } from '@/components/firewalls/detail/aside'
import { Age } from '@/components/ui/age'
import { Tag } from '@/components/ui/badge'
import { Empty } from '@/components/ui/empty'
import { Facts } from '@/components/ui/facts'
import { ProblemNotice } from '@/components/ui/problem'
import { SkeletonRows } from '@/components/ui/skeleton'
import type { MeDto } from '@/lib/auth/input'
import { ROLES } from '@/lib/auth/roles'
import { formatDate } from '@/lib/format/dates'
import { ApiError } from '@/lib/queries/client'
import { operatorQueries } from '@/lib/queries/operators'
import { useMe } from '@/lib/queries/use-me'
import type { OperatorDto } from '@/lib/team/input'
import { ROLE_MEANS, ROLE_WORDS } from './grant-words'
import { OperatorAccess } from './operator-access'
import { OperatorRoles } from './operator-roles'
import { OperatorSignIn } from './operator-sign-in'
import { OperatorTokens } from './operator-tokens'
import { OperatorStateWord, SecondFactorWord } from './operator-words'

/** One operator: roles, ways in, tokens, and the way out. */
export function OperatorPage({ id }: { id: string }) {
  const me = useMe()
  const { data: operator, error, isPending, refetch } = useQuery(operatorQueries.one(id))
  const gone = error instanceof ApiError && error.code === 'not-found'
  return (
    <>
      <p className="px-5 pt-3 max-md:px-4">
        <Link href="/settings/operators" className="inline-flex min-h-6 items-center gap-1.5 text-act hover:underline max-md:min-h-11">
          <ArrowLeft aria-hidden size={14} />
          All operators
        </Link>
      </p>
      {gone ? (
        <Empty title="There is no such operator">They were removed, or have no role for a customer that you manage.</Empty>
      ) : (
        <ProblemNotice error={error} retry={() => void refetch()} className="mx-5 my-3 max-md:mx-4" />
      )}
      {operator && me && !gone ? <Details me={me} operator={operator} /> : isPending && <SkeletonRows rows={8} columns={2} rowHeight={60} />}
    </>
  )
}

function Details({ me, operator }: { me: MeDto; operator: OperatorDto }) {
  return (
    <>
      <header className="flex flex-col gap-1 border-b border-line-2 px-5 pt-1 pb-4 max-md:px-4">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <h2 className="min-w-0 text-base font-semibold break-words">{operator.name}</h2>
          {operator.isYou && <Tag>you</Tag>}
          <OperatorStateWord operator={operator} />
        </div>
        <p className="text-xs break-all text-text-2">{operator.email}</p>
      </header>
      <div className="xl:flex">
        <div className="min-w-0 flex-1 divide-y divide-line">
          <OperatorRoles me={me} operator={operator} />
          <OperatorSignIn operator={operator} />
          <OperatorTokens operator={operator} />
          <OperatorAccess operator={operator} />
        </div>
        <Aside label="About this operator">
          <AsidePart title="Facts">
            <Facts
              items={[
                ['Last seen', <Age key="seen" at={operator.lastSeenAt} className="text-inherit" />],
                ['Second factor', <SecondFactorWord key="factor" operator={operator} />],
                ['Working tokens', String(operator.tokenCount)],
                ['Here since', formatDate(operator.createdAt)],
              ]}
            />
            <Link href={`/audit?actor=${encodeURIComponent(operator.name)}`} className="w-fit text-act hover:underline max-md:py-3">
              What {operator.isYou ? 'you' : 'they'} did, in the audit
            </Link>
          </AsidePart>
          <AsidePart title="What a role may do">
            <Facts items={ROLES.map((role) => [ROLE_WORDS[role], ROLE_MEANS[role]] as const)} />
          </AsidePart>
        </Aside>
      </div>
    </>
  )
}
