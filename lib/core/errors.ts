// One closed list of error codes. HTTP status, wording, next step and retry policy are tables keyed by it,
// so a forgotten case is a compile error.

/** Errors that a firewall, or the way to it, causes. Each has a sentence and a next step in FIREWALL_ERRORS. */
export const FIREWALL_ERROR_CODES = [
  'firewall-unreachable',
  'firewall-timed-out',
  'firewall-address-forbidden',
  'firewall-certificate-unknown',
  'firewall-certificate-changed',
  'firewall-redirect',
  'firewall-credential-rejected',
  'firewall-no-tries-left',
  'firewall-privilege-missing',
  'firewall-not-this-api',
  'firewall-api-off',
  'firewall-api-package-missing',
  'firewall-read-only',
  'firewall-reply-too-large',
  'firewall-reply-not-understood',
  'firewall-busy',
  'firewall-command-permission-needed',
  'firewall-not-reported',
  'firewall-calls-stopped',
] as const
export type FirewallErrorCode = (typeof FIREWALL_ERROR_CODES)[number]

/** Errors of Palisade itself. */
export const OWN_ERROR_CODES = [
  'unauthenticated',
  'second-factor-required',
  'step-up-required',
  'forbidden',
  'cross-origin',
  'not-found',
  'invalid-input',
  'query-too-broad',
  'unsupported-media-type',
  'payload-too-large',
  'conflict',
  'idempotency-conflict',
  'stale',
  'precondition-required',
  'too-many-requests',
  'set-up-closed',
  'link-ended',
  'unavailable',
  'internal',
] as const
export type OwnErrorCode = (typeof OWN_ERROR_CODES)[number]
export type ErrorCode = FirewallErrorCode | OwnErrorCode
export const ERROR_CODES = [...FIREWALL_ERROR_CODES, ...OWN_ERROR_CODES] as const

export const HTTP_STATUS = {
  unauthenticated: 401,
  'second-factor-required': 401,
  'step-up-required': 403,
  forbidden: 403,
  'cross-origin': 403,
  'not-found': 404,
  'invalid-input': 400,
  'query-too-broad': 400,
  'unsupported-media-type': 415,
  'payload-too-large': 413,
  conflict: 409,
  'idempotency-conflict': 409,
  stale: 412,
  'precondition-required': 428,
  'too-many-requests': 429,
  'set-up-closed': 410,
  'link-ended': 410,
  unavailable: 503,
  internal: 500,
  'firewall-unreachable': 504,
  'firewall-timed-out': 504,
  'firewall-address-forbidden': 422,
  'firewall-certificate-unknown': 502,
  'firewall-certificate-changed': 502,
  'firewall-redirect': 502,
  'firewall-credential-rejected': 502,
  'firewall-no-tries-left': 429,
  'firewall-privilege-missing': 502,
  'firewall-not-this-api': 502,
  'firewall-api-off': 502,
  'firewall-api-package-missing': 502,
  'firewall-read-only': 502,
  'firewall-reply-too-large': 502,
  'firewall-reply-not-understood': 502,
  'firewall-busy': 503,
  'firewall-command-permission-needed': 409,
  'firewall-not-reported': 404,
  'firewall-calls-stopped': 409,
} as const satisfies Record<ErrorCode, number>

/** What a person reads when nothing more precise is known: what happened, then the next step. */
export const FIREWALL_ERRORS = {
  'firewall-unreachable': ['The firewall does not answer.', 'Check that it is powered, that the address and port are right, and that it lets Palisade in.'],
  'firewall-timed-out': ['The firewall did not answer in time.', 'It may be busy. Try again in a minute.'],
  'firewall-address-forbidden': ['This address is not allowed: loopback, link-local and multicast addresses are refused.', 'Enter the address under which the firewall is reached over the network.'],
  'firewall-certificate-unknown': ['The certificate of the firewall is not trusted.', 'Compare its fingerprint at the firewall, then trust exactly that certificate.'],
  'firewall-certificate-changed': ['The firewall shows another certificate than the pinned one. All calls are stopped.', 'Find out at the firewall whether the certificate was renewed, then trust the new one or keep it stopped.'],
  'firewall-redirect': ['The firewall redirects to another address.', 'Enter the address that it redirects to; Palisade never follows a redirect.'],
  'firewall-credential-rejected': ['The firewall rejected the credential.', 'It may have been deleted or disabled on the firewall. Enter a new one.'],
  'firewall-no-tries-left': ['No tries are left, so that the firewall does not lock Palisade out.', 'Wait until the time shown, then enter the credential again.'],
  'firewall-privilege-missing': ['The credential lacks a privilege.', 'Give the named privilege to the user or group on the firewall, then test again.'],
  'firewall-not-this-api': ['This is not the expected firewall API.', 'Check the address and the family, and that the API package is installed.'],
  'firewall-api-off': ['The API is switched off on the firewall.', 'Switch it on in the settings of the API package.'],
  'firewall-api-package-missing': ['The API package is gone from the firewall, as it is after a system update.', 'Reinstall it with the command on the API package card.'],
  'firewall-read-only': ['The API is set to read-only on the firewall.', 'Reading works. Changes need read-only mode to be switched off on the firewall itself.'],
  'firewall-reply-too-large': ['The reply of the firewall was larger than allowed and was dropped.', 'Look at the list on the firewall itself; something there has grown out of proportion.'],
  'firewall-reply-not-understood': ['The reply of the firewall was not understood.', 'An admin can open the reply. The version may be newer than those Palisade knows.'],
  'firewall-busy': ['The firewall is busy with another call or job.', 'Try again in a minute.'],
  'firewall-command-permission-needed': ['This needs the command permission, which is off for this firewall.', 'An admin of this customer can switch it on in the settings of the firewall.'],
  'firewall-not-reported': ['This firewall does not report this.', 'Its API has no such reading; look at the firewall itself.'],
  'firewall-calls-stopped': ['Calls to this firewall are stopped until a person decides.', 'Open the firewall; the page says what to decide.'],
} as const satisfies Record<FirewallErrorCode, readonly [string, string]>

export const isFirewallError = (code: ErrorCode): code is FirewallErrorCode => code in FIREWALL_ERRORS

/** One problem of one input field; `field` is the path in the body, dots between names. */
export type FieldIssue = { field: string; message: string }

export type ErrorDetails = {
  /** What to do next; overrides the table's. */
  nextStep?: string
  issues?: FieldIssue[]
  /** Name of the missing privilege as the firewall's operator has to look for it. */
  privilege?: string
  /** Failed sign-ins left in the running 30 minutes, and when the next is free (ISO). */
  triesLeft?: number
  retryAt?: string
  /** Seconds for a Retry-After header. */
  retryAfterSeconds?: number
  /** How a step-up is proven. */
  proof?: 'code' | 'password'
  /** What a session still owes. */
  owes?: 'code' | 'enrol'
  /** SHA-256 of the certificate shown now; `sameKey` when it is a renewal with the pinned key. */
  seenSha256?: string
  sameKey?: boolean
  /** Origin that a redirect pointed to. */
  location?: string
  path?: string
  status?: number
  [key: string]: unknown
}

export class AppError extends Error {
  /** First 4 kB of the firewall's reply, redacted. Shown to admins only, never logged. */
  readonly rawReply: string | undefined
  /** What a token had left when it was refused; becomes headers. */
  readonly rate: { limit: number; remaining: number; resetSeconds: number; windowSeconds: number } | undefined

  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly details: ErrorDetails = {},
    options: { cause?: unknown; rawReply?: string; rate?: AppError['rate'] } = {},
  ) {
    super(message, { cause: options.cause })
    this.rate = options.rate
    this.name = 'AppError'
    this.rawReply = options.rawReply
  }

  /** What to do next, in words. */
  get nextStep(): string | undefined {
    return this.details.nextStep ?? (isFirewallError(this.code) ? FIREWALL_ERRORS[this.code][1] : undefined)
  }
}

/** A firewall error with the table's sentence unless a better one is given. */
export function firewallError(
  code: FirewallErrorCode,
  options: { message?: string; details?: ErrorDetails; cause?: unknown; rawReply?: string } = {},
): AppError {
  const { message = FIREWALL_ERRORS[code][0], details = {}, cause, rawReply } = options
  return new AppError(code, message, details, { ...(cause !== undefined && { cause }), ...(rawReply !== undefined && { rawReply }) })
}
