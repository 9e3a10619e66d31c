import type { ChannelDto, TargetInput } from '@/lib/channels/input'
import type { ChannelKind, Digest } from '@/lib/channels/words'
import type { Severity } from '@/lib/notices/kinds'

/** What is entered, as text: a form holds what is not right yet. */
export type Draft = {
  name: string
  /** Empty: the installation's. */
  customerId: string
  kind: ChannelKind
  host: string
  port: string
  security: 'starttls' | 'tls' | 'none'
  /** The pinned certificate; null: one that public authorities vouch for. */
  pin: string | null
  user: string
  password: string
  from: string
  /** One address a line. */
  to: string
  url: string
  server: string
  topic: string
  token: string
  severities: readonly Severity[]
  customerIds: readonly string[]
  digest: Digest
  timeZone: string
  forInvitations: boolean
  privateAllowed: boolean
  enabled: boolean
}
export type Change = (part: Partial<Draft>) => void
export type Wrong = Readonly<Record<string, string>>

export const PORTS = { starttls: '587', tls: '465', none: '25' } as const satisfies Record<Draft['security'], string>

export const newDraft = (customerId: string, timeZone: string): Draft => ({
  name: '',
  customerId,
  kind: 'email',
  host: '',
  port: PORTS.starttls,
  security: 'starttls',
  pin: null,
  user: '',
  password: '',
  from: '',
  to: '',
  url: '',
  server: 'https://ntfy.sh',
  topic: '',
  token: '',
  severities: ['critical', 'warning'],
  customerIds: [],
  digest: 'at-once',
  timeZone,
  forInvitations: false,
  privateAllowed: false,
  enabled: true,
})

/** Secrets are never shown, so their fields are empty; left so, the stored ones stay. */
export function draftOf(channel: ChannelDto): Draft {
  const { target, customer, name, severities, customerIds, digest, timeZone, forInvitations, privateAllowed, enabled } = channel
  const base = { ...newDraft(customer?.id ?? '', timeZone), kind: target.kind, name, severities, customerIds, digest, forInvitations, privateAllowed, enabled }
  switch (target.kind) {
    case 'email':
      return {
        ...base,
        host: target.host,
        port: String(target.port),
        security: target.security,
        pin: target.trust.mode === 'pin' ? target.trust.sha256 : null,
        user: target.user,
        from: target.from,
        to: target.to.join('\n'),
      }
    case 'webhook':
      return { ...base, url: target.url }
    case 'ntfy':
      return { ...base, server: target.server, topic: target.topic }
    case 'slack':
    case 'teams':
      return base
  }
}

export function targetOf(draft: Draft): TargetInput {
  const { kind } = draft
  switch (kind) {
    case 'email':
      return {
        kind,
        host: draft.host.trim(),
        port: Number(draft.port),
        security: draft.security,
        trust: draft.pin === null ? { mode: 'public-ca' } : { mode: 'pin', sha256: draft.pin },
        user: draft.user.trim(),
        from: draft.from.trim(),
        to: draft.to.split(/[\s,;]+/).filter((address) => address !== ''),
        ...(draft.password !== '' && { password: draft.password }),
      }
    case 'webhook':
      return { kind, url: draft.url.trim() }
    case 'slack':
    case 'teams':
      return { kind, ...(draft.url.trim() !== '' && { url: draft.url.trim() }) }
    case 'ntfy':
      return { kind, server: draft.server.trim(), topic: draft.topic.trim(), ...(draft.token !== '' && { token: draft.token }) }
  }
}

/** What the API takes, beside whose it is. */
export function settingsOf(draft: Draft) {
  const { name, severities, customerIds, digest, timeZone, forInvitations, privateAllowed, enabled } = draft
  return {
    name,
    target: targetOf(draft),
    severities: [...severities],
    customerIds: draft.customerId === '' ? [...customerIds] : [],
    digest,
    timeZone,
    forInvitations: forInvitations && draft.kind === 'email' && draft.customerId === '',
    privateAllowed,
    enabled,
  }
}
