// What installing firmware needs of a family: what would be installed, the one call that starts it, what becomes of it, and
// the facts before and after. No HTTP and no database. Everything here may be asked again and again, except `start` and
// `reboot`: their caller stores that it is about to call, calls once, and reads `progress` after a call that was cut off.
import type { Firmware, UpdateKind } from './model'

export type OfferedPackage = NonNullable<Firmware['packages']>[number]

/** One update that the firewall would install. null = this family or version does not report it, never "none". */
export type OfferedUpdate = {
  version: string | null
  packages: OfferedPackage[] | null
  downloadBytes: number | null
  rebootRequired: boolean | null
}

/**
 * What would be installed if it were started now. A version cannot be chosen by any family: what is newest at that time is
 * installed. `minor` and `major` are null when nothing is on offer; nothing on offer is believed only of a check that was made.
 */
export type FirmwareOffer = {
  installedVersion: string | null
  /** `never-checked`, `check-failed`, `not-reported`: nothing is known, and `reason` says why. Make a check first. */
  state: Firmware['state']
  minor: OfferedUpdate | null
  /** A new series, which a minor update hides. Always null where a family has one offer only. */
  major: OfferedUpdate | null
  checkedAt: string | null
  reason: string | null
}

/** `busy`, `refused`: nothing was started by this call. A call that throws may have started one: read `progress`. */
export type StartAnswer = { answer: 'accepted' } | { answer: 'busy' | 'refused'; reason: string }

export const UPDATE_PHASES = ['idle', 'running', 'rebooting', 'done', 'failed', 'not-knowable'] as const
/**
 * Of the update that this family last started here, never of an older one.
 * `idle`: it left no trace, so it never began. `rebooting`: installed, and about to restart. `done` and `failed`: as its log says,
 * which is no proof: the version is (`ranVersion`). `not-knowable`: this firewall cannot tell, or cannot tell any more.
 */
export type UpdateProgress = {
  phase: (typeof UPDATE_PHASES)[number]
  /** The end of its log from a whole line on, at most 4,000 characters without control characters and secrets; null = none, or none of this update. */
  logTail: string | null
  /** The version that runs now, in the firewall's words. */
  ranVersion: string | null
  /** Why it is so, as a sentence of ours, where that is not plain; words of the firewall in it are without secrets. */
  reason: string | null
}

/** One thing known, and where from; or why it cannot be known, which never counts as good. */
export type Fact<T> = { known: true; value: T; source: string } | { known: false; reason: string }

/** Beside the existing readings (gateways, services, interfaces, tunnels, CARP) all that preflight and verifying look at. */
export type FirmwareFacts = {
  version: Fact<string>
  /** ISO 8601, UTC; to a few seconds, by our clock where the family tells only how long ago. */
  bootedAt: Fact<string>
  /** Of the file system that updates fill. */
  diskFreeBytes: Fact<number>
  diskUsedPercent: Fact<number>
  /** Whether the packet filter runs with rules and those loaded without an error. */
  rulesLoaded: Fact<boolean>
  /** Whether any firmware job runs, whoever started it. */
  updateRunning: Fact<boolean>
  /** A lock that an earlier update left and that lets no other start; false where the family has none. */
  lockLeft: Fact<boolean>
  /** Whether it is still starting. */
  booting: Fact<boolean>
  /** Changes that were saved and not applied, which a restart would make run. */
  pendingChanges: Fact<boolean>
  /** Release of the API package, `2.10.0`; and whether it keeps its settings and keys when it is reinstalled. */
  apiPackageVersion: Fact<string>
  apiPackageKeepsSettings: Fact<boolean>
}

/**
 * `back`: the pinned certificate answered and so did the API. `api-package-missing`: the certificate answered and the API is gone.
 * `away`: nothing usable answers, as while it restarts. Another certificate is thrown as an error, as everywhere.
 */
export type Attachment = { state: 'back' | 'api-package-missing' | 'away'; version: string | null; reason: string | null }

export interface FirmwarePort {
  /** Why `start` cannot be called now, as a sentence (command permission off); null = it can. */
  readonly startReason: string | null
  offer(signal: AbortSignal): Promise<FirmwareOffer>
  /** The one call. Asks first whether a job runs; throws firewall-command-permission-needed. A kind the family has not is refused. */
  start(kind: Exclude<UpdateKind, 'reboot'>, signal: AbortSignal): Promise<StartAnswer>
  /** Throws while the firewall is away; firewall-api-package-missing once the API package is gone. */
  progress(signal: AbortSignal): Promise<UpdateProgress>
  facts(signal: AbortSignal): Promise<FirmwareFacts>
  reboot(signal: AbortSignal): Promise<StartAnswer>
  /** One try, within 30 s; costs no second failed sign-in when the credential is refused while it starts. */
  reattach(signal: AbortSignal): Promise<Attachment>
}

/** The command that a person pastes after the API package is gone; `command` null = there is no build, and `note` says what to do. */
export type ReinstallInstruction = { command: string | null; note: string }

/** What a family can do in general, before any firewall is asked. */
export type UpdateAbility = {
  readonly kinds: readonly UpdateKind[]
  readonly startNeedsCommands: boolean
  /** What is not reported about an update, as words for the preview. */
  readonly reportsPackages: boolean
  readonly reportsReboot: boolean
  /** Whether the change notes of a version can be asked from a firewall. */
  readonly reportsChangeNotes: boolean
  /** Whether an update of the base system takes the API package away, so that a person must reinstall it. */
  readonly losesApiPackage: boolean
  /** How long it does not answer, in minutes, for one restart. `restartsMax`: how often it may restart in one update. */
  readonly minutesAway: { readonly least: number; readonly most: number }
  readonly restartsMax: number
  /** Another way to start that an admin may choose for a firewall, and what it risks; null = there is none. */
  readonly endpointStart: { readonly label: string; readonly risk: string } | null
  /** Whether a version that runs is the one that a check named; their spellings differ. */
  isSameVersion(ran: string, wanted: string): boolean
  /** For the version of the system that runs after the update; null where there is no such package. */
  reinstall(version: string | null, apiPackageVersion: string | null): ReinstallInstruction | null
  /** What can be gone back to and how, by hand, as sentences in their order. */
  rollback(kind: UpdateKind, fromVersion: string | null): readonly string[]
}
