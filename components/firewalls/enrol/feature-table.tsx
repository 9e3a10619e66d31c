'use client'
import { ChevronDown, CircleCheck, CircleDashed, Lock, OctagonX, type LucideIcon } from 'lucide-react'
import { useState } from 'react'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table'
import { TONE_MARK, TONE_TEXT, type Tone } from '@/components/ui/tone'
import type { FeatureResult } from '@/lib/adapters/model'
import { cn } from '@/lib/core/cn'

type Result = FeatureResult['result']
/** Missing first, then what failed, then what cannot be told; what works comes last. */
const RESULTS = {
  missing: { rank: 0, word: 'Missing', tone: 'you', icon: Lock },
  failed: { rank: 1, word: 'Failed', tone: 'bad', icon: OctagonX },
  'not-knowable': { rank: 2, word: 'Not knowable', tone: null, icon: CircleDashed },
  ok: { rank: 3, word: 'Works', tone: 'good', icon: CircleCheck },
} as const satisfies Record<Result, { rank: number; word: string; tone: Tone | null; icon: LucideIcon }>

/** So many working features are shown before the rest folds. */
const WORKING_SHOWN = 8

export function ResultWord({ result }: { result: Result }) {
  const { word, tone, icon: Icon } = RESULTS[result]
  return (
    <span
      className={cn(
        'inline-flex items-center gap-2 align-bottom whitespace-nowrap',
        tone === null ? 'text-text-3' : tone === 'good' ? 'text-text' : TONE_TEXT[tone],
      )}
    >
      <Icon aria-hidden size={16} strokeWidth={1.75} className={cn('shrink-0', tone !== null && TONE_MARK[tone])} />
      {word}
    </span>
  )
}

/** What a credential may do, feature by feature, with the name that has to be looked for on the firewall. */
export function FeatureTable({ features }: { features: readonly FeatureResult[] }) {
  const [all, setAll] = useState(false)
  const sorted = features.toSorted((a, b) => RESULTS[a.result].rank - RESULTS[b.result].rank)
  const working = sorted.filter(({ result }) => result === 'ok').length
  const folded = all ? 0 : Math.max(0, working - WORKING_SHOWN)
  const shown = folded > 1 ? sorted.slice(0, sorted.length - folded) : sorted
  return (
    <div className="overflow-hidden rounded-lg border border-line-2">
      <Table caption="What the credential may do">
        <TableHead>
          <tr>
            <TableHeader>Feature</TableHeader>
            <TableHeader className="max-md:hidden">Privilege as the firewall names it</TableHeader>
            <TableHeader>Result</TableHeader>
            <TableHeader className="max-md:hidden">What was seen</TableHeader>
          </tr>
        </TableHead>
        <TableBody>
          {shown.map(({ feature, label, access, privilege, result, seen }) => (
            <TableRow key={`${feature} ${access} ${privilege}`} rail={result === 'missing' ? 'you' : result === 'failed' ? 'bad' : null}>
              <TableCell>
                {label}
                <span className="block text-xs break-words text-text-2 md:hidden">
                  {privilege}: {seen}
                </span>
              </TableCell>
              <TableCell className={cn('text-text-2 max-md:hidden', result === 'missing' && 'font-semibold text-text')}>{privilege}</TableCell>
              <TableCell>
                <ResultWord result={result} />
              </TableCell>
              <TableCell className="text-text-2 max-md:hidden">{seen}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
      {folded > 1 && (
        <button
          type="button"
          onClick={() => setAll(true)}
          className="flex min-h-8 w-full items-center gap-1 bg-sunken px-5 text-left text-xs text-text-2 hover:text-text max-md:min-h-11"
        >
          {folded} more work <ChevronDown aria-hidden size={14} />
        </button>
      )}
    </div>
  )
}
