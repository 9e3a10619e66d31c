'use client'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { PairNotices } from '@/components/ha/pair-notices'
import { Age } from '@/components/ui/age'
import { arriving } from '@/components/ui/arriving'
import { Notice } from '@/components/ui/notice'
import { ProblemNotice } from '@/components/ui/problem'
import { SkeletonRows } from '@/components/ui/skeleton'
import { VirtualTable } from '@/components/ui/virtual-table'
import type { SystemStatus } from '@/lib/adapters/model'
import type { ListReading, ReadingHead } from '@/lib/firewalls/dto'
import { formatCount } from '@/lib/format/numbers'
import { firewallQueries } from '@/lib/queries/firewalls'
import { pairQueries } from '@/lib/queries/pairs'
import { intervalOf } from '@/lib/polling/intervals'
import { useFirewall } from '../firewall-context'
import { GatewayCard, gatewayKey, gatewayRail, SHORT_GATEWAY_COLUMNS, worstGatewaysFirst } from '../gateways-columns'
import { InterfaceCard, interfaceKey, interfaceRail, SHORT_INTERFACE_COLUMNS, worstInterfacesFirst } from '../interfaces-columns'
import { OpenAlerts, openAlertsOf } from '@/components/alerts/open-alerts'
import { CertificateChanged } from '../stopped/certificate-changed'
import { OverviewAside } from './overview-aside'
import { overviewSentence } from './overview-sentence'

/** Charts come after what is wrong: their code is fetched beside the readings. */
const HistoryGlance = arriving(() => import('@/components/history/history-glance').then((module) => module.HistoryGlance))
/** So many rows answer the first question; the tab has the rest. */
const SHOWN = 6

export function OverviewTab() {
  const { firewall } = useFirewall()
  return firewall.state === 'certificate-changed' && firewall.certificateSeen !== null ? <CertificateChanged seen={firewall.certificateSeen} /> : <Overview />
}

function Overview() {
  const { firewall } = useFirewall()
  const gateways = useQuery(firewallQueries.reading('gateways', firewall.id))
  const interfaces = useQuery(firewallQueries.reading('interfaces', firewall.id))
  const status = useQuery(firewallQueries.reading('status', firewall.id))
  const pair = useQuery(pairQueries.of(firewall.id))
  const alerts = useInfiniteQuery(openAlertsOf(firewall.id))
  // All at once, so that nothing moves: what is stored comes within a moment.
  if (gateways.isPending || interfaces.isPending || status.isPending || pair.isPending || alerts.isPending) return <SkeletonRows rows={14} columns={4} />
  const known = gateways.data !== undefined && gateways.data.observedAt !== null ? gateways.data.items : null
  return (
    <div className="flex max-xl:flex-col">
      <div className="flex min-w-0 flex-1 flex-col">
        <div className="flex flex-col gap-3 px-5 py-4 max-md:px-4">
          <p className="max-w-3xl text-lg">{overviewSentence(firewall, known)}</p>
          {firewall.lastError && firewall.state !== 'reachable' && (
            <Notice tone="plain" title={firewall.lastError.message}>
              {firewall.lastError.nextStep} <Age at={firewall.lastError.at} zone={firewall.timeZone} />
            </Notice>
          )}
          <OpenAlerts />
          <PairNotices pair={pair.data} />
          <HealthNotices notices={status.data?.value?.notices ?? []} />
        </div>
        <HistoryGlance />
        <ShortList title="Gateways" tab="gateways" query={gateways} none="This firewall has no gateway to watch.">
          {({ items }) => (
            <VirtualTable
              caption="Gateways, worst first"
              rows={worstGatewaysFirst(items).slice(0, SHOWN)}
              columns={SHORT_GATEWAY_COLUMNS}
              rowKey={gatewayKey}
              rail={gatewayRail}
              card={(gateway) => <GatewayCard gateway={gateway} />}
            />
          )}
        </ShortList>
        <ShortList title="Interfaces" tab="interfaces" query={interfaces} none="The firewall lists none.">
          {({ items }) => (
            <VirtualTable
              caption="Interfaces, worst first"
              rows={worstInterfacesFirst(items).slice(0, SHOWN)}
              columns={SHORT_INTERFACE_COLUMNS}
              rowKey={interfaceKey}
              rail={interfaceRail}
              card={(each) => <InterfaceCard each={each} />}
            />
          )}
        </ShortList>
      </div>
      <OverviewAside status={status.data} />
    </div>
  )
}

const NOTICE_TONES = { error: 'bad', warning: 'warn', notice: 'plain' } as const

/** The firewall's own words about its health, worst first. */
function HealthNotices({ notices }: { notices: SystemStatus['notices'] }) {
  return notices.map(({ severity, title, message }, index) => (
    <Notice key={`${index} ${title}`} tone={NOTICE_TONES[severity]} title={title}>
      {message}
    </Notice>
  ))
}

type AnyList = ReadingHead & Pick<ListReading<'gateways' | 'interfaces'>, 'total'>
type ShortListProps<R> = {
  title: string
  tab: string
  query: { data: R | undefined; error: unknown; refetch: () => unknown }
  none: string
  children: (reading: R) => ReactNode
}

function ShortList<R extends AnyList>({ title, tab, query: { data, error, refetch }, none, children }: ShortListProps<R>) {
  const { firewall } = useFirewall()
  return (
    <section aria-label={title} className="border-t border-line">
      <div className="flex min-h-10 items-center gap-3 px-5 max-md:px-4">
        <h2 className="font-semibold">{title}</h2>
        {data && (
          <span className="text-xs text-text-3">
            read <Age at={data.observedAt} intervalSeconds={intervalOf(data.kind, firewall.intervals)} zone={firewall.timeZone} never="not yet" />
          </span>
        )}
        <Link href={`/firewalls/${firewall.id}/${tab}`} className="ml-auto text-act hover:underline">
          {data && data.total > SHOWN ? `All ${formatCount(data.total)} ${title.toLowerCase()}` : `More about ${title.toLowerCase()}`}
        </Link>
      </div>
      {error !== null && <ProblemNotice error={error} retry={() => void refetch()} className="mx-5 mb-3" />}
      {data === undefined ? (
        error === null && <SkeletonRows rows={4} columns={6} />
      ) : data.observedAt === null || data.total === 0 ? (
        <p className="px-5 pb-4 text-text-3">{data.observedAt === null ? 'Not read yet.' : none}</p>
      ) : (
        children(data)
      )}
    </section>
  )
}
