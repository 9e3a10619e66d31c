'use client'
import { ExternalLink, RefreshCw } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { FirewallStateWord } from '@/components/firewalls/state-word'
import { Age } from '@/components/ui/age'
import { Tag } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { ButtonLink } from '@/components/ui/button-link'
import { Kbd } from '@/components/ui/kbd'
import type { FirewallDetail } from '@/lib/firewalls/dto'
import { formatDuration } from '@/lib/format/duration'
import { STATE_RULES } from '@/lib/firewalls/states'
import { shortVersion, splitFamilyLabel } from '@/lib/format/versions'
import { useFirewall } from '../firewall-context'
import { ownInterfaceHref } from '../own-interface'
import { reasonNotToAsk } from '../permissions'
import { useSingleKey } from '../use-single-key'
import { FirewallMenu } from './firewall-menu'

/** Who it is, how it is, and what can be done with it at once. */
export function FirewallHeader({ refresh }: { refresh: { busy: boolean; run: () => void } }) {
  const { firewall, role } = useFirewall()
  const reason = reasonNotToAsk(firewall, role)
  const own = ownInterfaceHref(firewall.baseUrl)
  useSingleKey('r', () => {
    if (reason === null && !refresh.busy) refresh.run()
  })
  return (
    <div className="flex flex-wrap items-start gap-x-4 gap-y-3 px-5 pt-4 pb-3 max-md:px-4">
      <div className="flex min-w-0 flex-[1_1_28rem] flex-col gap-1">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <h1 className="min-w-0 text-base font-semibold break-words">{firewall.name}</h1>
          <FirewallStateWord state={firewall.state} reason={firewall.stateReason} />
        </div>
        <FactLine firewall={firewall} />
      </div>
      <div className="flex flex-wrap items-center gap-2">
        <Button icon={RefreshCw} busy={refresh.busy} disabledReason={reason} onClick={refresh.run}>
          Refresh now <Kbd>r</Kbd>
        </Button>
        {own !== null && (
          <ButtonLink href={own} external icon={ExternalLink}>
            Own interface
          </ButtonLink>
        )}
        <FirewallMenu />
      </div>
    </div>
  )
}

function FactLine({ firewall }: { firewall: FirewallDetail }) {
  const { product, api } = splitFamilyLabel(firewall.familyLabel)
  const parts: [key: string, node: ReactNode][] = [
    [
      'place',
      <Link key="place" href={`/firewalls?customer=${firewall.customer.id}`} className="hover:underline">
        {firewall.site === null ? firewall.customer.name : `${firewall.customer.name}, ${firewall.site.name}`}
      </Link>,
    ],
    [
      'address',
      <span key="address" className="font-mono break-all">
        {firewall.baseUrl}
        {firewall.plainHttp && <span className="font-sans text-warn"> not encrypted</span>}
      </span>,
    ],
    ['runs', `${product}${firewall.version === null ? '' : ` ${shortVersion(firewall.version)}`}${api === null ? '' : `, API ${api}`}`],
    ...(firewall.haPeer === null
      ? []
      : [
          [
            'peer',
            <span key="peer">
              peer{' '}
              <Link href={`/firewalls/${firewall.haPeer.id}`} className="text-act hover:underline">
                {firewall.haPeer.name}
              </Link>
            </span>,
          ] satisfies [string, ReactNode],
        ]),
    ...(firewall.tags.length === 0
      ? []
      : [
          [
            'tags',
            <span key="tags" className="inline-flex flex-wrap gap-1">
              {firewall.tags.map((tag) => (
                <Tag key={tag}>{tag}</Tag>
              ))}
            </span>,
          ] satisfies [string, ReactNode],
        ]),
    [
      'visited',
      <span key="visited">
        visited{' '}
        <Age at={firewall.visitedAt} intervalSeconds={firewall.visitIntervalSeconds} zone={firewall.timeZone} never="not yet" className="text-inherit" />
        {STATE_RULES[firewall.state].automation ? `, every ${formatDuration(firewall.visitIntervalSeconds)}` : ''}
      </span>,
    ],
  ]
  return (
    <ul className="flex flex-wrap items-center gap-y-1 text-xs text-text-2">
      {parts.map(([key, node], index) => (
        <li key={key} className="flex items-center">
          {node}
          {index < parts.length - 1 && (
            <span aria-hidden className="px-2 text-text-3">
              ·
            </span>
          )}
        </li>
      ))}
    </ul>
  )
}
