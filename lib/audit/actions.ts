// The closed list of audited actions. Browser-safe.
export const AUDIT_ACTIONS = [
  'installation.set-up',
  'operator.create',
  'session.sign-in',
  'session.sign-in-refused',
  'session.sign-out',
  'token.create',
  'customer.create',
  'customer.edit',
  'customer.remove',
  'site.create',
  'site.edit',
  'site.remove',
  'firewall.probe',
  'firewall.credential.test',
  'firewall.enrol',
  'firewall.edit',
  'firewall.pause',
  'firewall.remove',
  'firewall.credential.change',
  'firewall.credential.rejected',
  'firewall.trust.change',
  'firewall.trust.stopped',
  'firewall.command.allow',
  'firewall.refresh',
  'firewall.read',
  'firewall.raw.read',
  'firewall.changelog.read',
  'firewall.check',
  'audit.export',
] as const
export type AuditAction = (typeof AUDIT_ACTIONS)[number]

/** `intent` is written before a remote act, the other results after it; no entry is ever changed. */
export const AUDIT_RESULTS = ['intent', 'done', 'failed', 'refused'] as const
export type AuditResult = (typeof AUDIT_RESULTS)[number]
