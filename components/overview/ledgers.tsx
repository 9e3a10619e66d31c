'use client'
import Link from 'next/link'
import { useCustomerScope } from '@/components/layout/customer-scope'
import { TONE_MARK, TONE_TEXT } from '@/components/ui/tone'
import { useNow } from '@/components/ui/use-now'
import { cn } from '@/lib/core/cn'
import { formatExact } from '@/lib/format/dates'
import { formatCount } from '@/lib/format/numbers'
import type { FindingCount, LedgerCount } from '@/lib/overview/dto'
import { FINDINGS } from '@/lib/overview/findings'
import { FINDING_ICONS, LEDGER_LOOKS } from './finding-looks'
import { formatSpan } from './headline'

const RAIL = {
  bad: 'border-bad-mark',
  you: 'border-you-mark',
  warn: 'border-warn-mark',
  none: 'border-dashed border-text-3',
} as const

/** What is wrong, sorted by what it asks of a person. Each number leads to exactly the firewalls that it counts. */
export function Ledgers({ ledgers }: { ledgers: readonly LedgerCount[] }) {
  return (
    <div className="grid gap-x-5 gap-y-6 px-5 pb-5 max-md:px-4 md:grid-cols-2 min-[60rem]:grid-cols-4">
      {ledgers.map((ledger) => (
        <LedgerPart key={ledger.ledger} ledger={ledger} />
      ))}
    </div>
  )
}

function LedgerPart({ ledger: { ledger, count, where, findings } }: { ledger: LedgerCount }) {
  const { within } = useCustomerScope()
  const { title, meaning, tone } = LEDGER_LOOKS[ledger]
  return (
    <section aria-labelledby={`ledger-${ledger}`}>
      <div className="flex items-center gap-2">
        <h3 id={`ledger-${ledger}`} className={cn('border-l-[3px] pl-2 font-semibold', count === 0 ? 'border-line-2' : RAIL[tone])}>
          {title}
        </h3>
        {count > 0 ? (
          <Link
            href={within(`/firewalls?${where}`)}
            aria-label={`${title}: ${formatCount(count)}`}
            className={cn('ml-auto min-w-6 text-right text-lg font-semibold tabular-nums hover:underline', tone === 'none' ? 'text-text-2' : TONE_TEXT[tone])}
          >
            {formatCount(count)}
          </Link>
        ) : (
          <span className="ml-auto text-lg text-text-3">0</span>
        )}
      </div>
      <p className="border-b border-line-2 pb-1.5 text-xs text-text-3">{meaning}</p>
      {findings.length === 0 && <p className="py-1.5 text-text-3">None</p>}
      <ul>
        {findings.map((finding) => (
          <FindingRow key={finding.finding} finding={finding} tone={tone} href={within(`/firewalls?${finding.where}`)} />
        ))}
      </ul>
    </section>
  )
}

type FindingRowProps = { finding: FindingCount; tone: keyof typeof RAIL; href: string }

function FindingRow({ finding: { finding, count, since }, tone, href }: FindingRowProps) {
  const nowMs = useNow()
  const Icon = FINDING_ICONS[finding]
  return (
    <li className="border-b border-line last:border-b-0">
      <Link href={href} className="flex min-h-[29px] items-center gap-2 hover:bg-hover max-md:min-h-11">
        <Icon aria-hidden size={16} strokeWidth={1.75} className={cn('shrink-0', tone === 'none' ? 'text-text-3' : TONE_MARK[tone])} />
        <span className="min-w-0 flex-1 truncate">{FINDINGS[finding].word}</span>
        {since !== null && nowMs !== null && (
          <time dateTime={since} title={`The longest since ${formatExact(since)}`} className="text-xs whitespace-nowrap text-text-3">
            {formatSpan(since, nowMs)}
          </time>
        )}
        <span className="min-w-4 text-right font-semibold tabular-nums">{formatCount(count)}</span>
      </Link>
    </li>
  )
}
