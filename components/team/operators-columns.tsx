import Link from 'next/link'
import { Age } from '@/components/ui/age'
import { Tag } from '@/components/ui/badge'
import type { Column } from '@/components/ui/columns'
import type { OperatorDto } from '@/lib/team/input'
import { lacksFactor } from './operator-filter'
import { OperatorStateWord, rolesInWords, SecondFactorWord } from './operator-words'

export const operatorHref = (id: string): string => `/settings/operators/${id}`
const LastSeen = ({ operator }: { operator: OperatorDto }) => <Age at={operator.lastSeenAt} />

export const OPERATOR_COLUMNS: readonly Column<OperatorDto>[] = [
  {
    id: 'name',
    head: 'Name',
    width: '18%',
    cell: (operator) => (
      <span className="flex min-w-0 items-center gap-2">
        <Link href={operatorHref(operator.id)} prefetch={false} className="truncate font-medium hover:underline">
          {operator.name}
        </Link>
        {operator.isYou && <Tag>you</Tag>}
      </span>
    ),
  },
  { id: 'state', head: 'State, in words', width: '16%', cell: (operator) => <OperatorStateWord operator={operator} /> },
  { id: 'roles', head: 'Roles', cell: (operator) => <span title={rolesInWords(operator)}>{rolesInWords(operator)}</span> },
  { id: 'factor', head: 'Second factor', width: '18%', cell: (operator) => <SecondFactorWord operator={operator} /> },
  { id: 'email', head: 'E-mail', width: '17%', hideBelow: 'lg', cell: (operator) => <span className="text-text-2">{operator.email}</span> },
  { id: 'seen', head: 'Last seen', align: 'right', width: '96px', cell: (operator) => <LastSeen operator={operator} /> },
]

/** Lines for 390 px: two, and a third where something is missing. */
export function OperatorCard({ operator }: { operator: OperatorDto }) {
  return (
    <>
      <div className="flex items-center justify-between gap-3">
        <Link href={operatorHref(operator.id)} prefetch={false} className="-my-2 truncate py-2 text-base font-medium">
          {operator.name}
        </Link>
        <OperatorStateWord operator={operator} className="max-w-[55%] shrink-0 text-xs" />
      </div>
      <div className="flex items-center justify-between gap-3 text-xs text-text-2">
        <span className="truncate">{rolesInWords(operator)}</span>
        <span className="shrink-0">
          <LastSeen operator={operator} />
        </span>
      </div>
      {operator.state === 'active' && lacksFactor(operator) && (
        <p className="flex items-center gap-2 text-xs">
          <span className="text-text-2">Second factor</span> <SecondFactorWord operator={operator} />
        </p>
      )}
    </>
  )
}
