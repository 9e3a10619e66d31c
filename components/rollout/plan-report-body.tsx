'use client'
import { KIND_WORDS, PLAN_LOOKS } from '@/components/plans/plan-looks'
import { useLogo } from '@/components/reports/use-logo'
import { Notice } from '@/components/ui/notice'
import { formatDateTime, formatZone, ownTimeZone } from '@/lib/format/dates'
import type { PlanReport } from '@/lib/plan-runs/dto'
import { reportSentence } from './plan-report-words'
import { FirewallTable, RingTable, Verifications } from './plan-report-tables'

/** The report as it is printed: A4, light, no part torn from its heading. */
export function PlanReportBody({ report }: { report: PlanReport }) {
  return (
    <article className="report mx-auto flex max-w-[210mm] flex-col gap-7 px-5 py-6 max-md:px-4 print:max-w-none print:gap-6 print:p-0">
      <Head report={report} />
      <NotOver report={report} />
      <p className="text-lg print:text-base">{reportSentence(report)}</p>
      {report.haltedReason !== null && <p className="text-text-2">It halted last because of this. {report.haltedReason}</p>}
      <RingTable report={report} />
      <FirewallTable report={report} />
      <Verifications report={report} />
      <Foot report={report} />
    </article>
  )
}

/** On paper too: who is given an interim report must see that it is one. */
function NotOver({ report: { finishedAt, madeAt } }: { report: PlanReport }) {
  if (finishedAt !== null) return null
  return (
    <Notice tone="plain" title="This plan is not over.">
      An interim report: it tells how things stood on {formatDateTime(madeAt)} {formatZone(madeAt)}. What waits, is under way or still soaks can end otherwise.
    </Notice>
  )
}

function Head({ report }: { report: PlanReport }) {
  const { name, kind, state, customer, customers, createdBy, createdAt, approvals, provider, partial } = report
  const [logo, onLogoError] = useLogo(provider.logo)
  return (
    <header className="flex items-start justify-between gap-6 border-b border-line-2 pb-4">
      <div className="min-w-0">
        <h1 className="text-xl font-semibold break-words">{name}</h1>
        <p className="text-base">
          Firmware plan, {KIND_WORDS[kind].toLowerCase()} <span className="text-text-2">· {PLAN_LOOKS[state].word}</span>
        </p>
        <p className="mt-1 text-xs text-text-2">
          {customer?.name ?? customers.map((each) => each.name).join(', ')}
          {partial && ' and others'} · times in {ownTimeZone()}
        </p>
        <p className="text-xs text-text-2">
          Made by {createdBy}, {formatDateTime(createdAt)}.{approvals !== null && approvals.length > 0 && ` Approved by ${approvals.map((each) => `${each.name}, ${formatDateTime(each.at)}`).join('; ')}.`}
        </p>
      </div>
      <div className="flex shrink-0 flex-col items-end gap-1 text-right">
        {/* eslint-disable-next-line @next/next/no-img-element -- it comes from our own route and must not be stored anywhere */}
        {logo !== null && <img src={logo} alt="" onError={onLogoError} className="max-h-14 max-w-48 object-contain" />}
        {provider.name !== '' && <p className="font-medium">{provider.name}</p>}
      </div>
    </header>
  )
}

function Foot({ report: { provider, madeAt, name } }: { report: PlanReport }) {
  return (
    <footer className="border-t border-line-2 pt-3 text-xs text-text-3">
      {name}. {provider.name === '' ? 'Made' : `Made by ${provider.name}`} with Palisade on {formatDateTime(madeAt)} {formatZone(madeAt)}.
    </footer>
  )
}
