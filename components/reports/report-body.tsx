'use client'
import { useLogo } from './use-logo'
import { formatDate, formatDateTime } from '@/lib/format/dates'
import { plural } from '@/lib/format/numbers'
import type { ReportDto } from '@/lib/reports/dto'
import { AcceptanceTable, BackupTable, IncidentTable, OpenTable, UpdateTable, UptimeTable } from './report-tables'
import { monthWords, reportSentence } from './report-words'

/** The report as it is printed: A4, light, no part torn from its heading. */
export function ReportBody({ report }: { report: ReportDto }) {
  const { incidents, updates, acceptances, open, unknown, zone, firewalls } = report
  const drifted = firewalls.filter(({ drift }) => drift !== null).length
  return (
    <article className="report mx-auto flex max-w-[210mm] flex-col gap-7 px-5 py-6 max-md:px-4 print:max-w-none print:gap-6 print:p-0">
      <Head report={report} />
      <p className="text-lg print:text-base">{reportSentence(report)}</p>
      <UptimeTable report={report} />
      <IncidentTable incidents={incidents} zone={zone} />
      <OpenTable open={open} zone={zone} inProgress={report.inProgress} />
      <UpdateTable updates={updates} zone={zone} />
      <BackupTable firewalls={firewalls} zone={zone} />
      <AcceptanceTable acceptances={acceptances} zone={zone} drifted={drifted} />
      {unknown.length > 0 && (
        <section aria-labelledby="unknown" className="break-inside-avoid">
          <h2 id="unknown" className="mb-1 font-semibold">
            What is not known
          </h2>
          <ul className="flex list-disc flex-col gap-1 pl-5 text-text-2">
            {unknown.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </section>
      )}
      <Foot report={report} />
    </article>
  )
}

function Head({ report: { customer, month, provider, from, upTo, zone, firewalls, inProgress } }: { report: ReportDto }) {
  const [logo, onLogoError] = useLogo(provider.logo)
  return (
    <header className="flex items-start justify-between gap-6 border-b border-line-2 pb-4">
      <div className="min-w-0">
        <h1 className="text-xl font-semibold break-words">{customer.name}</h1>
        <p className="text-base">
          {monthWords(month)}
          {inProgress && <span className="text-text-2">, not over</span>}
        </p>
        <p className="mt-1 text-xs text-text-2">
          {formatDate(from, zone)} to {inProgress ? formatDateTime(upTo, zone) : formatDate(new Date(new Date(upTo).getTime() - 1).toISOString(), zone)}, times
          in {zone} · {plural(firewalls.length, 'firewall')}
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

function Foot({ report: { provider, madeAt, keptAt, zone, customer, month } }: { report: ReportDto }) {
  const at = formatDateTime(keptAt ?? madeAt, zone)
  return (
    <footer className="border-t border-line-2 pt-3 text-xs text-text-3">
      {customer.name}, {monthWords(month)}. {provider.name === '' ? 'Made' : `Made by ${provider.name}`} with Palisade {keptAt === null ? 'on' : 'as of'} {at} (
      {zone}).
    </footer>
  )
}
