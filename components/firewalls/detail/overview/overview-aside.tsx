'use client'
import { useQuery } from '@tanstack/react-query'
import { PairPart } from '@/components/ha/pair-part'
import { Age } from '@/components/ui/age'
import { Facts, NotReported } from '@/components/ui/facts'
import type { SystemStatus, VpnTunnel } from '@/lib/adapters/model'
import { VPN_KINDS } from '@/lib/adapters/words'
import type { FirewallDetail, ObjectReading } from '@/lib/firewalls/dto'
import { formatDate } from '@/lib/format/dates'
import { formatDuration } from '@/lib/format/duration'
import { formatCount, formatPercent } from '@/lib/format/numbers'
import { shortFingerprint } from '@/lib/format/versions'
import { firewallQueries } from '@/lib/queries/firewalls'
import { Aside, AsidePart } from '../aside'
import { useFirewall } from '../firewall-context'

/** What kind of machine it is, how it is trusted, how its tunnels are. */
export function OverviewAside({ status }: { status: ObjectReading<'status'> | undefined }) {
  const { firewall } = useFirewall()
  return (
    <Aside label="Facts">
      <AsidePart
        title="Facts"
        note={status && <Age at={status.observedAt} intervalSeconds={firewall.visitIntervalSeconds} zone={firewall.timeZone} never="not read yet" />}
      >
        <SystemFacts value={status?.value ?? null} />
      </AsidePart>
      <PairPart />
      <AsidePart title="Trust and access">
        <TrustFacts firewall={firewall} />
      </AsidePart>
      <AsidePart title="VPN">
        <VpnFacts id={firewall.id} />
      </AsidePart>
    </Aside>
  )
}

const told = <T,>(value: T | null | undefined, show: (value: T) => string) => (value === null || value === undefined ? <NotReported /> : show(value))
const asIs = (text: string): string => text

function SystemFacts({ value }: { value: SystemStatus | null }) {
  if (value === null) return <p className="text-text-3">Not read yet.</p>
  const states =
    value.statesCurrent === null
      ? null
      : value.statesLimit === null
        ? formatCount(value.statesCurrent)
        : `${formatCount(value.statesCurrent)} of ${formatCount(value.statesLimit)}`
  return (
    <Facts
      items={[
        ['Up', told(value.uptimeSeconds, formatDuration)],
        ['Load', told(value.loadAverage, (load) => load.map((each) => each.toFixed(2)).join(' · '))],
        ['CPU', told(value.cpuPercent, formatPercent)],
        ['Memory', told(value.memoryPercent, formatPercent)],
        ['Disk', told(value.diskPercent, formatPercent)],
        ['Swap', told(value.swapPercent, formatPercent)],
        ['States', told(states, asIs)],
        ['Temperature', told(value.temperatureCelsius, (celsius) => `${celsius.toFixed(0)} °C`)],
        ['Host name', told(value.hostname, asIs)],
        ['Version', told(value.version, (version) => [value.edition, version].filter(Boolean).join(' '))],
        ['API package', told(value.apiPackageVersion, asIs)],
        ['Hardware', told(value.platform, asIs)],
        ['Processor', told(value.cpuModel, asIs)],
        ['Changed', told(value.configChangedText, asIs)],
      ]}
    />
  )
}

const TRUST_WORDS = { pin: 'pinned', 'public-ca': 'public authority', 'plain-http': 'none, not encrypted' } as const

function TrustFacts({ firewall: { trust, credential, lastTest, triesLeft, commands, timeZone } }: { firewall: FirewallDetail }) {
  const working = lastTest?.features.filter(({ result }) => result === 'ok').length ?? 0
  return (
    <Facts
      items={[
        [
          'Certificate',
          trust.mode === 'plain-http' ? (
            <span key="trust" className="text-warn">
              {TRUST_WORDS[trust.mode]}
            </span>
          ) : (
            <span key="trust">
              {trust.certificate && <span className="font-mono text-xs">{shortFingerprint(trust.certificate.sha256)} </span>}
              {TRUST_WORDS[trust.mode]}
            </span>
          ),
        ],
        ...(trust.certificate ? [['Ends', formatDate(trust.certificate.validTo)] as const] : []),
        [
          'Credential',
          credential === null ? (
            <span key="none" className="text-you">
              none
            </span>
          ) : (
            `${credential.methodLabel}, sealed`
          ),
        ],
        [
          'Tested',
          <span key="tested">
            <Age at={credential?.testedAt ?? null} zone={timeZone} className="text-inherit" />
            {lastTest && `, ${working} of ${lastTest.features.length}`}
          </span>,
        ],
        ['Tries left', `${triesLeft} of 2`],
        ...(commands.exist ? [['Commands', commands.allowed ? 'on' : 'off'] as const] : []),
      ]}
    />
  )
}

const KIND_WORDS = { ipsec: 'IPsec', openvpn: 'OpenVPN', wireguard: 'WireGuard' } as const

function VpnFacts({ id }: { id: string }) {
  const { data } = useQuery(firewallQueries.reading('vpn', id))
  if (!data || data.observedAt === null) return <p className="text-text-3">Not read yet.</p>
  const count = (kind: VpnTunnel['kind']): string => {
    const tunnels = data.items.filter((tunnel) => tunnel.kind === kind)
    return tunnels.length === 0 ? 'none' : `${tunnels.filter(({ state }) => state === 'up').length} of ${tunnels.length} up`
  }
  const missing = (kind: VpnTunnel['kind']): boolean =>
    data.notReported.some(({ part }) => part.toLowerCase().includes(kind)) && !data.items.some((tunnel) => tunnel.kind === kind)
  return <Facts items={VPN_KINDS.map((kind) => [KIND_WORDS[kind], missing(kind) ? <NotReported key={kind} /> : count(kind)])} />
}
