'use client'
import { useMutation, useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { PageHeader } from '@/components/layout/page-header'
import { ButtonLink } from '@/components/ui/button-link'
import { Empty } from '@/components/ui/empty'
import { ProblemNotice } from '@/components/ui/problem'
import { SkeletonRows } from '@/components/ui/skeleton'
import type { MeDto } from '@/lib/auth/input'
import { ApiError } from '@/lib/queries/client'
import { firewallMutations, firewallQueries } from '@/lib/queries/firewalls'
import { FirewallProvider } from './firewall-context'
import { FirewallHeader } from './header/firewall-header'
import { FirewallTabs } from './header/firewall-tabs'
import { RefreshOutcome } from './header/refresh-outcome'
import { saysWhyItStands, StoppedNotice } from './stopped/stopped-notice'

/** After these the firewall stands still until someone acts: its state says so, and once it is released they are old. */
const STOPPING = new Set(['firewall-certificate-changed', 'firewall-credential-rejected', 'firewall-api-package-missing', 'firewall-calls-stopped'])
const isToldByState = (error: unknown): boolean => error instanceof ApiError && STOPPING.has(error.code)

/** What all pages of one firewall share: who it is, how it is, its tabs, and why it stands still if it does. */
export function FirewallShell({ id, me, children }: { id: string; me: MeDto; children: ReactNode }) {
  const { data: firewall, error, refetch } = useQuery(firewallQueries.one(id))
  const refresh = useMutation(firewallMutations.refresh())
  if (!firewall) return <NotThere id={id} error={error} retry={() => void refetch()} />
  return (
    <FirewallProvider firewall={firewall} me={me}>
      <PageHeader
        title={firewall.name}
        headingElsewhere
        crumbs={[
          { label: 'Firewalls', href: '/firewalls' },
          { label: firewall.customer.name, href: `/firewalls?customer=${firewall.customer.id}` },
        ]}
      />
      <FirewallHeader refresh={{ busy: refresh.isPending, run: () => refresh.mutate({ id }) }} />
      <FirewallTabs firewall={firewall} />
      <div className="flex flex-col gap-3 px-5 empty:hidden max-md:px-3 [&>*]:mt-3">
        {error !== null && <ProblemNotice error={error} subject={firewall.name} retry={() => void refetch()} />}
        {/* Where calls are stopped, the page itself says why, better than the refused refresh. */}
        {refresh.error && !saysWhyItStands(firewall.state) && !isToldByState(refresh.error) && (
          <ProblemNotice error={refresh.error} subject={firewall.name} retry={() => refresh.mutate({ id })} />
        )}
        {refresh.data && <RefreshOutcome result={refresh.data} />}
        <StoppedNotice />
      </div>
      {children}
    </FirewallProvider>
  )
}

function NotThere({ id, error, retry }: { id: string; error: unknown; retry: () => void }) {
  const gone = error instanceof ApiError && error.code === 'not-found'
  return (
    <>
      <PageHeader title={error === null ? 'Loading' : 'Firewall'} crumbs={[{ label: 'Firewalls', href: '/firewalls' }]} />
      {gone && (
        <Empty title="There is no such firewall." action={<ButtonLink href="/firewalls">All firewalls</ButtonLink>}>
          It was removed, or it belongs to a customer that you do not see.
        </Empty>
      )}
      {error !== null && !gone && (
        <div className="p-5">
          <ProblemNotice error={error} retry={retry} />
        </div>
      )}
      {error === null && <SkeletonRows key={id} rows={12} columns={4} rowHeight={40} />}
    </>
  )
}
