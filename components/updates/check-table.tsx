import { CircleCheck, CircleQuestionMark, OctagonX } from 'lucide-react'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table'
import { cn } from '@/lib/core/cn'
import type { UpdateCheck } from '@/lib/updates/dto'
import { resultWord, seenWords } from './update-words'

const LOOKS = {
  pass: { icon: CircleCheck, mark: 'text-good-mark', word: 'text-text' },
  fail: { icon: OctagonX, mark: 'text-bad-mark', word: 'font-medium text-bad' },
  'not-knowable': { icon: CircleQuestionMark, mark: 'text-text-3', word: 'text-text-2' },
} as const
/** What failed first, then what could not be known. */
const RANK = { fail: 0, 'not-knowable': 1, pass: 2 } as const

export function CheckResult({ check }: { check: UpdateCheck }) {
  const { icon: Icon, mark, word } = LOOKS[check.result]
  return (
    <span className="inline-flex items-start gap-1.5">
      <Icon aria-hidden size={14} strokeWidth={1.75} className={cn('mt-[3px] shrink-0', mark)} />
      <span className={word}>{resultWord(check)}</span>
    </span>
  )
}

/** What is simply so needs no words of its own. */
const Seen = ({ seen, check }: { seen: string | null; check: UpdateCheck | null }) => (
  <span className={cn('break-words', seen === null ? 'text-text-3' : check?.result === 'fail' && 'font-medium text-bad')}>{seenWords(seen) ?? (check?.result === 'pass' ? '' : 'not known')}</span>
)

/** What was compared, each with where it was read. `before`: there was a look before too. */
export function CheckTable({ checks, title, caption, before = true }: { checks: readonly UpdateCheck[]; title: string; caption: string; before?: boolean }) {
  const ordered = [...checks].sort((one, other) => RANK[one.result] - RANK[other.result])
  return (
    <Table caption={caption} className="table-fixed">
      <TableHead className="bg-transparent">
        <tr>
          <TableHeader className={cn('first:pl-2 max-md:first:pl-2', before ? 'w-[32%]' : 'w-[45%]')}>{title}</TableHeader>
          {before && <TableHeader className="w-[20%]">Before</TableHeader>}
          <TableHeader className={before ? 'w-[21%]' : 'w-[28%]'}>{before ? 'After' : 'Seen'}</TableHeader>
          <TableHeader className="last:pr-0 max-md:last:pr-0">Result</TableHeader>
        </tr>
      </TableHead>
      <TableBody>
        {ordered.map((check) => (
          <TableRow key={check.id} rail={check.result === 'fail' ? 'bad' : null} className="align-top">
            <TableHeader scope="row" className="h-auto py-1.5 text-left text-sm font-normal whitespace-normal text-text first:pl-2 max-md:first:pl-2">
              {check.label}
              <span className="block text-xs [overflow-wrap:anywhere] text-text-3">{check.source}</span>
              {check.finding !== null && <span className={cn('block text-xs', check.result === 'fail' ? 'text-bad' : 'text-text-2')}>{check.finding}</span>}
            </TableHeader>
            {before && (
              <TableCell>
                <Seen seen={check.before} check={null} />
              </TableCell>
            )}
            <TableCell>
              <Seen seen={check.now} check={check} />
            </TableCell>
            <TableCell className="last:pr-0 max-md:last:pr-0">
              <CheckResult check={check} />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  )
}
