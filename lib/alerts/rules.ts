// What alerts there are, as one table that the worker, the API and pages read. Browser-safe. Numbers that operators may set
// have bounds; the others are fixed, because they keep alerts from coming and going.
import type { Severity } from '@/lib/notices/kinds'
import type { AlertAbout, AlertFacts, AlertKind } from './words'

export type ThresholdUnit = 'minutes' | 'percent' | 'days'
export type Threshold = { unit: ThresholdUnit; default: number; min: number; max: number; label: string }

type Rule = {
  title: string
  /** Without a full stop, for lists; a notice ends it. */
  says: (about: AlertAbout) => string
  nextStep: string
  severity: Severity
  /** What may be set; null = it is so or it is not. */
  threshold: Threshold | null
  subject: 'firewall' | 'gateway' | 'tunnel'
  /** It has to hold for so long before it opens; `threshold` = for as many minutes as that says. */
  opensAfterMinutes: number | 'threshold'
  /** It has to be over for so long before it resolves. */
  clearsAfterMinutes: number
  /** Points below the threshold from which an open one is over. */
  clearsBelow: number
  /** Known only while the firewall answers: of a silent one the silence is told, not what it said before. */
  needsAnswer: boolean
  swallowedBy: readonly AlertKind[]
}

/** While one of these holds nothing else is known of the firewall. */
const NOT_ANSWERING = ['unreachable', 'certificate-changed', 'credential-rejected', 'api-package-missing'] as const satisfies readonly AlertKind[]

const minutes = (count: number, max = 1_440): Threshold => ({ unit: 'minutes', default: count, min: 1, max, label: 'For at least' })
const percent = (count: number): Threshold => ({ unit: 'percent', default: count, min: 1, max: 100, label: 'From' })
const days = (count: number, max: number, label: string): Threshold => ({ unit: 'days', default: count, min: 1, max, label })
const round = (value: number | null): string => String(Math.round(value ?? 0))
const nDays = (value: number | null): string => (Math.round(value ?? 0) === 1 ? '1 day' : `${round(value)} days`)
const sinceDays = ({ value }: AlertFacts): string => nDays(value)

const now = { opensAfterMinutes: 0, clearsAfterMinutes: 0, clearsBelow: 0 } as const
/** What only a person ends. */
const decision = { ...now, subject: 'firewall', threshold: null, severity: 'critical', needsAnswer: false, swallowedBy: [] } as const
/** What is measured at every visit. Five points keep a value at the edge from opening it again and again. */
const measured = (after: number, threshold: number) =>
  ({ severity: 'warning', threshold: percent(threshold), subject: 'firewall', opensAfterMinutes: after, clearsAfterMinutes: 5, clearsBelow: 5, needsAnswer: true, swallowedBy: NOT_ANSWERING }) as const

export const ALERT_RULES = {
  unreachable: {
    title: 'Unreachable',
    says: ({ firewallName, subject, facts }) => (subject === 'site' ? `${facts.place ?? 'The site'} does not answer: all ${facts.count} firewalls are silent` : subject === 'pair' ? `${facts.names.join(' and ')} do not answer, both members of the pair` : `${firewallName} does not answer`),
    nextStep: 'Look from outside whether the line answers, then ask at the site about power. Palisade goes on trying.',
    severity: 'critical', threshold: minutes(5), subject: 'firewall', opensAfterMinutes: 'threshold', clearsAfterMinutes: 2, clearsBelow: 0, needsAnswer: false, swallowedBy: ['unreachable'],
  },
  'certificate-changed': { ...decision, title: 'Certificate changed', says: ({ firewallName }) => `${firewallName} shows another certificate, and calls are stopped`, nextStep: 'Compare the certificate at the firewall. Trust it only when it is the same.' },
  'credential-rejected': { ...decision, title: 'Credential rejected', says: ({ firewallName }) => `${firewallName} rejects the credential, and calls are stopped`, nextStep: 'Make a new key at the firewall and save it here. Palisade does not try the old one again.' },
  'api-package-missing': { ...decision, title: 'API package missing', says: ({ firewallName }) => `${firewallName} lost its API package`, nextStep: 'Install the package again; the firewall page has the command.' },
  'ha-both-masters': {
    title: 'Both members master',
    says: ({ firewallName, facts }) => `${firewallName} and ${facts.place ?? 'its peer'} are both master`,
    nextStep: 'They do not hear each other. Look at the link between them and at the switch, then at CARP on both.',
    severity: 'critical', threshold: minutes(2), subject: 'firewall', opensAfterMinutes: 'threshold', clearsAfterMinutes: 1, clearsBelow: 0, needsAnswer: true, swallowedBy: NOT_ANSWERING,
  },
  'gateway-down': {
    title: 'Gateway down',
    says: ({ firewallName, subject, facts }) => (facts.isLast ? `${subject} is down on ${firewallName}, and no other gateway is up` : `${subject} is down on ${firewallName}`),
    nextStep: 'Ask the carrier, and look at the modem and the cable of this line.',
    severity: 'warning', threshold: minutes(2), subject: 'gateway', opensAfterMinutes: 'threshold', clearsAfterMinutes: 2, clearsBelow: 0, needsAnswer: true, swallowedBy: [...NOT_ANSWERING, 'gateway-down'],
  },
  'tunnel-down': {
    title: 'Tunnel down',
    says: ({ firewallName, subject, facts }) => `${facts.name ?? subject} is down on ${firewallName}`,
    nextStep: 'Look whether the other end answers, then at the log of the tunnel.',
    severity: 'warning', threshold: minutes(10), subject: 'tunnel', opensAfterMinutes: 'threshold', clearsAfterMinutes: 5, clearsBelow: 0, needsAnswer: true, swallowedBy: [...NOT_ANSWERING, 'gateway-down'],
  },
  'gateway-lossy': { ...measured(10, 20), title: 'Gateway lossy', says: ({ firewallName, subject, facts }) => `${subject} loses ${round(facts.value)} % on ${firewallName}`, nextStep: 'Look at the load of the line, then ask the carrier.', subject: 'gateway', swallowedBy: [...NOT_ANSWERING, 'gateway-down'] },
  'disk-full': { ...measured(10, 90), title: 'Disk full', says: ({ firewallName, facts }) => `The disk of ${firewallName} is ${round(facts.value)} % full`, nextStep: 'Remove old logs, captures and boot environments.' },
  'cpu-high': { ...measured(15, 95), title: 'CPU high', says: ({ firewallName, facts }) => `The CPU of ${firewallName} is at ${round(facts.value)} %`, nextStep: 'Look which process it is, and whether traffic has grown.' },
  'memory-high': { ...measured(15, 95), title: 'Memory high', says: ({ firewallName, facts }) => `The memory of ${firewallName} is at ${round(facts.value)} %`, nextStep: 'Look which process it is; restart it, or plan more memory.' },
  'states-high': { ...measured(15, 85), title: 'State table high', says: ({ firewallName, facts }) => `The state table of ${firewallName} is ${round(facts.value)} % full`, nextStep: 'Look for a device that opens many connections, or raise the limit.' },
  'clock-off': {
    title: 'Clock off',
    says: ({ firewallName, facts }) => `The clock of ${firewallName} is off by ${round(facts.value)} s`,
    nextStep: 'Look at its time servers: one-time codes, certificates and logs depend on the clock.',
    severity: 'warning', threshold: { unit: 'minutes', default: 2, min: 1, max: 60, label: 'Off by more than' }, subject: 'firewall', opensAfterMinutes: 10, clearsAfterMinutes: 5, clearsBelow: 0, needsAnswer: true, swallowedBy: NOT_ANSWERING,
  },
  'certificate-ends': {
    ...now, title: 'Certificate ends', severity: 'warning', threshold: days(14, 90, 'Days before'), subject: 'firewall', needsAnswer: false, swallowedBy: [],
    says: ({ firewallName, facts }) => ((facts.value ?? 0) < 0 ? `The certificate of ${firewallName} has ended` : `The certificate of ${firewallName} ends in ${nDays(facts.value)}`),
    nextStep: 'Renew the certificate at the firewall, then trust the new one here.',
  },
  'no-backup': {
    ...now, title: 'No backup', severity: 'warning', threshold: days(3, 30, 'Days without'), subject: 'firewall', needsAnswer: true, swallowedBy: NOT_ANSWERING,
    says: ({ firewallName, facts }) => `${firewallName} has no good backup for ${sinceDays(facts)}`,
    nextStep: 'Open its backups: the last try says why it brought none.',
  },
  'updates-waiting': {
    ...now, title: 'Updates waiting', severity: 'notice', threshold: days(30, 365, 'Days offered'), subject: 'firewall', needsAnswer: false, swallowedBy: [],
    says: ({ firewallName, facts }) => `${firewallName} has been offered an update for ${sinceDays(facts)}`,
    nextStep: 'Plan the update.',
  },
  drift: {
    ...now, title: 'Drift', severity: 'notice', threshold: null, subject: 'firewall', needsAnswer: false, swallowedBy: [],
    says: ({ firewallName, facts }) => (facts.count > 0 ? `${facts.count} ${facts.count === 1 ? 'change is' : 'changes are'} not accepted on ${firewallName}` : `The configuration of ${firewallName} changed since it was accepted`),
    nextStep: 'Look at the difference, then accept it or undo it at the firewall.',
  },
} as const satisfies Record<AlertKind, Rule>

/** One row of the table, whichever. */
export const ruleOf = (kind: AlertKind): Rule => ALERT_RULES[kind]

/** A gateway without which none is up, and a certificate that ends so soon, are critical unless a severity was decided. */
export const CERTIFICATE_CRITICAL_DAYS = 3

/** What a customer or the installation decided about a kind; null leaves what stands above. */
export type RuleDecision = { kind: string; customerId: string | null; enabled: boolean | null; severity: string | null; threshold: number | null }
export type EffectiveRule = { kind: AlertKind; enabled: boolean; severity: Severity | null; threshold: number; opensAfterMinutes: number }

const severityOf = (text: string | null | undefined): Severity | null => (text === 'critical' || text === 'warning' || text === 'notice' ? text : null)
const within = (value: number, { min, max }: Threshold): number => Math.min(max, Math.max(min, value))

/** A kind as it holds for a customer: its own decision, else the installation's, else the table. `severity` null = as the table says. */
export function effectiveRule(kind: AlertKind, ofCustomer: RuleDecision | undefined, ofInstallation: RuleDecision | undefined): EffectiveRule {
  const { threshold: bounds, opensAfterMinutes } = ruleOf(kind)
  const threshold = bounds === null ? 0 : within(ofCustomer?.threshold ?? ofInstallation?.threshold ?? bounds.default, bounds)
  return {
    kind,
    enabled: ofCustomer?.enabled ?? ofInstallation?.enabled ?? true,
    severity: severityOf(ofCustomer?.severity) ?? severityOf(ofInstallation?.severity),
    threshold,
    opensAfterMinutes: opensAfterMinutes === 'threshold' ? threshold : opensAfterMinutes,
  }
}
