'use client'
import { Age } from '@/components/ui/age'
import { Button } from '@/components/ui/button'
import type { Column } from '@/components/ui/columns'
import { TONE_MARK, TONE_TEXT } from '@/components/ui/tone'
import type { CopyDto } from '@/lib/audit-copies/input'
import { formatCount } from '@/lib/format/numbers'
import { COPY_LOOKS, copyReason, placeOf, SECURITY_WORDS } from './copy-words'

type Edit = (copy: CopyDto) => void

function StateWord({ copy }: { copy: CopyDto }) {
  const { icon: Icon, word, role, shape } = COPY_LOOKS[copy.state]
  const reason = copyReason(copy)
  return (
    <span className="inline-flex max-w-full min-w-0 items-center gap-2 align-middle">
      {shape === 'dot' ? (
        <span aria-hidden className="keeps-shape mx-1 inline-block size-2 shrink-0 rounded-full bg-good-mark" />
      ) : (
        <Icon aria-hidden size={16} strokeWidth={1.75} className={`shrink-0 ${TONE_MARK[role]}`} />
      )}
      <span className="truncate" title={reason ?? undefined}>
        <span className={shape === 'dot' || role === 'plain' ? undefined : TONE_TEXT[role]}>{word}</span>
        {reason !== null && <span className="text-text-2"> · {reason}</span>}
      </span>
    </span>
  )
}

const Place = ({ copy }: { copy: CopyDto }) => (
  <span className="font-mono text-xs" title={placeOf(copy)}>
    {placeOf(copy)}
  </span>
)
const kindOf = ({ target }: CopyDto): string => (target.kind === 'file' ? 'files' : SECURITY_WORDS[target.security.mode])

const EditButton = ({ copy, onEdit }: { copy: CopyDto; onEdit: Edit }) => (
  <Button size="sm" aria-label={`Change ${copy.name}`} onClick={() => onEdit(copy)}>
    Change
  </Button>
)

export const copyColumns = (onEdit: Edit): Column<CopyDto>[] => [
  { id: 'name', head: 'Name', width: '18%', cell: (copy) => <span className="font-medium">{copy.name}</span> },
  { id: 'state', head: 'State', width: '26%', cell: (copy) => <StateWord copy={copy} /> },
  { id: 'place', head: 'Goes to', cell: (copy) => <Place copy={copy} /> },
  {
    id: 'kind',
    head: 'How',
    width: '150px',
    hideBelow: 'lg',
    cell: (copy) => <span className={kindOf(copy) === SECURITY_WORDS.plain ? 'text-warn' : 'text-text-2'}>{kindOf(copy)}</span>,
  },
  { id: 'last', head: 'Up to entry', align: 'right', width: '100px', cell: (copy) => (copy.lastEntry === 0 ? <span className="text-text-3">{copy.lastCopyAt === null ? 'none yet' : 'all again'}</span> : formatCount(copy.lastEntry)) },
  { id: 'at', head: 'Arrived', width: '110px', cell: (copy) => <Age at={copy.lastCopyAt} never="not yet" /> },
  { id: 'acts', head: <span className="sr-only">Acts</span>, align: 'right', width: '96px', cell: (copy) => <EditButton copy={copy} onEdit={onEdit} /> },
]

export function CopyCard({ copy, onEdit }: { copy: CopyDto; onEdit: Edit }) {
  return (
    <div className="flex items-center justify-between gap-3">
      <div className="min-w-0">
        <p className="truncate text-base font-medium">{copy.name}</p>
        <p className="text-xs">
          <StateWord copy={copy} />
        </p>
        <p className="truncate text-xs text-text-2">
          <Place copy={copy} /> · {kindOf(copy)}
        </p>
      </div>
      <EditButton copy={copy} onEdit={onEdit} />
    </div>
  )
}
