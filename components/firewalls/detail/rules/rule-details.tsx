import Link from 'next/link'
import { Facts, NotReported } from '@/components/ui/facts'
import type { Alias, Rule, RuleEndpoint } from '@/lib/adapters/model'
import { formatDateTime } from '@/lib/format/dates'
import { formatBytes } from '@/lib/format/bytes'
import { formatCount, plural } from '@/lib/format/numbers'
import { useFirewall } from '../firewall-context'
import { entriesOf, type AliasesByName } from './rule-columns'

/** As many entries as can be taken in at a glance; the Aliases tab has all. */
const ENTRIES_SHOWN = 12

/** What a rule's line has no room for. */
export function RuleDetails({ rule, aliases, zone }: { rule: Rule; aliases: AliasesByName; zone: string }) {
  return (
    <div className="grid items-start gap-x-8 gap-y-4 sm:grid-cols-2 xl:grid-cols-4">
      <EndpointDetails title="Source" endpoint={rule.source} alias={aliases.get(rule.source.address)} />
      <EndpointDetails title="Destination" endpoint={rule.destination} alias={aliases.get(rule.destination.address)} />
      <Options rule={rule} />
      <History rule={rule} zone={zone} />
    </div>
  )
}

function EndpointDetails({ title, endpoint, alias }: { title: string; endpoint: RuleEndpoint; alias: Alias | undefined }) {
  const shown = endpoint.kind === 'alias' ? alias : undefined
  return (
    <section className="min-w-0">
      <h3 className="text-text-3">
        {title}
        {endpoint.kind === 'alias' && `, alias ${endpoint.address}`}
      </h3>
      {shown ? (
        <AliasContent alias={shown} />
      ) : (
        <p className="font-mono text-xs break-words">
          {endpoint.not && 'not '}
          {endpoint.address}
          {endpoint.kind === 'alias' && <span className="font-sans text-text-3"> (its content was not read)</span>}
        </p>
      )}
      <p className="text-text-2">port {endpoint.port ?? 'any'}</p>
    </section>
  )
}

function AliasContent({ alias }: { alias: Alias }) {
  const rest = alias.content.length - ENTRIES_SHOWN
  return (
    <>
      <p className="font-mono text-xs break-words whitespace-pre-line">
        {alias.content.length === 0 ? 'empty' : alias.content.slice(0, ENTRIES_SHOWN).join('\n')}
      </p>
      <p className="text-text-2">
        {rest > 0 && `and ${formatCount(rest)} more. `}
        {plural(entriesOf(alias) ?? 0, 'entry', 'entries')}
        {alias.liveEntryCount !== null && ' in the live table'}
        {alias.description !== '' && `, ${alias.description}`}
      </p>
    </>
  )
}

function Options({ rule }: { rule: Rule }) {
  const words = [
    rule.log === true ? 'logged' : rule.log === false ? 'not logged' : null,
    rule.stateType,
    rule.icmpTypes === null ? null : `ICMP ${rule.icmpTypes}`,
    rule.ipVersion === '4+6' ? 'IPv4 and IPv6' : `IPv${rule.ipVersion}`,
  ].filter((word) => word !== null)
  return (
    <section className="min-w-0">
      <h3 className="text-text-3">Options</h3>
      <p>{words.join(', ')}</p>
      <p className="text-text-2">
        gateway {rule.gateway ?? 'default'}, schedule {rule.schedule ?? 'none'}
      </p>
      <p className="text-text-2">{rule.quick === true ? 'First match ends the search.' : rule.quick === false ? 'A later rule may overrule it.' : ''}</p>
      {rule.categories.length > 0 && <p className="text-text-2">categories {rule.categories.join(', ')}</p>}
    </section>
  )
}

const by = (at: string | null, name: string | null, zone: string): string | null =>
  at === null && name === null ? null : [name, at === null ? null : formatDateTime(at, zone)].filter(Boolean).join(', ')

function History({ rule, zone }: { rule: Rule; zone: string }) {
  const { firewall } = useFirewall()
  const count = (value: number | null) => (value === null ? <NotReported /> : formatCount(value))
  return (
    <Facts
      className="h-fit"
      items={[
        ['Changed', by(rule.updatedAt, rule.updatedBy, zone) ?? <NotReported key="changed" />],
        ['Created', by(rule.createdAt, rule.createdBy, zone) ?? <NotReported key="created" />],
        ['Evaluated', count(rule.evaluations)],
        ['Packets', count(rule.packets)],
        ['Bytes', rule.bytes === null ? <NotReported key="bytes" /> : formatBytes(rule.bytes)],
        ['States', count(rule.states)],
        [
          'Id',
          <span key="id" className="font-mono text-xs break-all">
            {rule.id}
          </span>,
        ],
        [
          'History',
          <Link key="history" href={`/firewalls/${firewall.id}/changes?kind=rules&key=${encodeURIComponent(rule.id)}`} className="text-act hover:underline">
            All its changes
          </Link>,
        ],
      ]}
    />
  )
}
