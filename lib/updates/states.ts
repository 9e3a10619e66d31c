// The life of the update of one firewall: one table that worker, API and page read. Browser-safe.

/**
 * State → event → next state. `starting` is entered, with the intent in the audit log, before the one call to the firewall: who
 * finds a job in it does not know whether the call arrived, and reads that from the firewall; nobody ever calls again. Events of
 * people are those of UPDATE_ACTS; nothing leads out of `installing`, `rebooting` or `verifying` but what the firewall does.
 */
export const UPDATE_TRANSITIONS = {
  scheduled: { began: 'preflight', waits: 'scheduled', held: 'held', skipped: 'skipped', cancelled: 'cancelled', timedOut: 'skipped' },
  preflight: { waits: 'preflight', passed: 'backing-up', postponed: 'scheduled', held: 'held', blocked: 'blocked', skipped: 'skipped', cancelled: 'cancelled', timedOut: 'blocked' },
  'backing-up': { waits: 'backing-up', starts: 'starting', postponed: 'scheduled', held: 'held', blocked: 'blocked', skipped: 'skipped', cancelled: 'cancelled', timedOut: 'blocked' },
  starting: { waits: 'starting', runs: 'installing', restarts: 'rebooting', installed: 'verifying', packageMissing: 'package-missing', refused: 'failed', notStarted: 'failed', lost: 'unknown', timedOut: 'unknown' },
  installing: { waits: 'installing', restarts: 'rebooting', installed: 'verifying', packageMissing: 'package-missing', lost: 'unknown', notStarted: 'failed', timedOut: 'failed' },
  rebooting: { waits: 'rebooting', runs: 'installing', isBack: 'verifying', packageMissing: 'package-missing', timedOut: 'failed' },
  verifying: { waits: 'verifying', restarts: 'rebooting', lost: 'unknown', soaks: 'soaking', proven: 'succeeded', packageMissing: 'package-missing', worse: 'failed', timedOut: 'failed' },
  soaking: { waits: 'soaking', proven: 'succeeded', worse: 'failed', timedOut: 'failed' },
  held: { waits: 'held', released: 'scheduled', skipped: 'skipped', cancelled: 'cancelled', timedOut: 'skipped' },
  blocked: { waits: 'blocked', released: 'scheduled', skipped: 'skipped', cancelled: 'cancelled', timedOut: 'skipped' },
  'package-missing': { waits: 'package-missing', reattached: 'verifying', verifiedByHand: 'succeeded', timedOut: 'failed' },
  unknown: { waits: 'unknown', looksAgain: 'verifying', verifiedByHand: 'succeeded', timedOut: 'failed' },
  succeeded: {},
  skipped: {},
  failed: {},
  cancelled: {},
} as const satisfies Record<string, Record<string, string>>

export type UpdateState = keyof typeof UPDATE_TRANSITIONS
export type UpdateEvent = { [S in UpdateState]: keyof (typeof UPDATE_TRANSITIONS)[S] }[UpdateState]

const isState = (text: string): text is UpdateState => Object.hasOwn(UPDATE_TRANSITIONS, text)
export const UPDATE_STATES: readonly UpdateState[] = Object.keys(UPDATE_TRANSITIONS).filter(isState)
/** null for a word that is none, as a newer version may have written it. */
export const updateStateOf = (text: string): UpdateState | null => (isState(text) ? text : null)

export function nextUpdateState(state: UpdateState, event: UpdateEvent): UpdateState | null {
  const exits: Partial<Record<UpdateEvent, UpdateState>> = UPDATE_TRANSITIONS[state]
  return exits[event] ?? null
}
export const isFinalUpdate = (state: UpdateState): boolean => Object.keys(UPDATE_TRANSITIONS[state]).length === 0
/** Nothing was sent to the firewall yet that changes it, so it can still be cancelled or skipped. */
export const isBeforeStart = (state: UpdateState): boolean => nextUpdateState(state, 'cancelled') !== null
/** The firewall is being worked at: it counts for concurrency and for the pair, and is neither visited nor checked. */
export const ACTIVE_UPDATE_STATES = ['preflight', 'backing-up', 'starting', 'installing', 'rebooting', 'verifying'] as const satisfies readonly UpdateState[]
export const isActive = (state: UpdateState): boolean => ACTIVE_UPDATE_STATES.some((active) => active === state)
/** The firewall may be replacing itself: nothing stops this any more. */
export const RUNNING_UPDATE_STATES = ['starting', 'installing', 'rebooting'] as const satisfies readonly UpdateState[]

/** What a person may ask of a job, and the event it becomes. `retried` makes a new job, in lib/rollout. */
export const UPDATE_ACTS = { release: 'released', skip: 'skipped', cancel: 'cancelled', 'look-again': 'looksAgain', 'verify-by-hand': 'verifiedByHand' } as const satisfies Record<string, UpdateEvent>
export type UpdateAct = keyof typeof UPDATE_ACTS
const isAct = (text: string): text is UpdateAct => Object.hasOwn(UPDATE_ACTS, text)
export const UPDATE_ACT_NAMES: readonly UpdateAct[] = Object.keys(UPDATE_ACTS).filter(isAct)
/** What a state allows a person to do, by the table. */
export const actsOf = (state: UpdateState): UpdateAct[] => UPDATE_ACT_NAMES.filter((act) => nextUpdateState(state, UPDATE_ACTS[act]) !== null)

type Rule = {
  word: string
  /** What it means, and the next step where a person has one. */
  sentence: string
  tone: 'neutral' | 'info' | 'warning' | 'critical' | 'good'
  /** Minutes after which the state ends by `timedOut`; a function of the family stretches those of `installing` and `rebooting`. null = it is final. */
  minutesMax: number | null
}
const DAY = 24 * 60
/** A new state does not compile without its row. */
export const UPDATE_RULES = {
  scheduled: { word: 'Scheduled', sentence: 'It begins in its window, once its ring is open and there is room beside the others.', tone: 'neutral', minutesMax: 180 * DAY },
  preflight: { word: 'Preflight', sentence: 'The firewall is looked at: nothing is changed on it yet.', tone: 'info', minutesMax: 15 },
  'backing-up': { word: 'Backing up', sentence: 'A backup is taken. Without a complete one nothing is installed.', tone: 'info', minutesMax: 30 },
  starting: { word: 'Starting', sentence: 'The update is being started. This is asked of the firewall once, whatever happens to Palisade meanwhile.', tone: 'info', minutesMax: 15 },
  installing: { word: 'Installing', sentence: 'The firewall downloads and replaces its software. Nothing stops that now.', tone: 'info', minutesMax: 120 },
  rebooting: { word: 'Rebooting', sentence: 'The firewall restarts and does not answer for a while. Traffic through it stops until it is back.', tone: 'info', minutesMax: 45 },
  verifying: { word: 'Verifying', sentence: 'What runs now is compared with what ran before.', tone: 'info', minutesMax: 20 },
  soaking: { word: 'Soaking', sentence: 'It is verified. A new critical alert within the soak time would still make it a failure.', tone: 'info', minutesMax: 31 * DAY },
  succeeded: { word: 'Succeeded', sentence: 'It runs the new version, and nothing that was well before is worse.', tone: 'good', minutesMax: null },
  skipped: { word: 'Skipped', sentence: 'It was left out. Nothing was changed on the firewall.', tone: 'neutral', minutesMax: null },
  held: { word: 'Held', sentence: 'Something is not as it was approved. Nothing was changed on the firewall. Look at the reason, then release or skip it.', tone: 'warning', minutesMax: 7 * DAY },
  blocked: { word: 'Blocked', sentence: 'It cannot be updated as it stands. Nothing was changed on the firewall. Mend the reason, then release or skip it.', tone: 'warning', minutesMax: 7 * DAY },
  'package-missing': { word: 'API package missing', sentence: 'The update ran, and the API package is gone with the old version. Reinstall it with the command shown; Palisade finds it by itself.', tone: 'warning', minutesMax: 72 * 60 },
  unknown: { word: 'Unknown', sentence: 'Palisade could not find out what the firewall did, and never starts it again by itself. Look at the firewall, then say what you found.', tone: 'critical', minutesMax: 72 * 60 },
  failed: { word: 'Failed', sentence: 'The update did not end well. The finding says how; the backup from before is kept.', tone: 'critical', minutesMax: null },
  cancelled: { word: 'Cancelled', sentence: 'It was cancelled before anything was changed on the firewall.', tone: 'neutral', minutesMax: null },
} as const satisfies Record<UpdateState, Rule>

/** Why a job is where it is, as a word that gates, filters and tests read; `message` says it in a sentence. */
export const UPDATE_REASONS = [
  'approver-gone', 'firewall-moved', 'certificate-changed', 'credential', 'privileges', 'command-permission', 'disk', 'other-update', 'lock-left', 'peer', 'pending-changes', 'offer-changed', 'nothing-offered', 'reboot-needed',
  'window', 'not-knowable', 'unreachable', 'paused-firewall', 'backup', 'plan-over', 'stopped', 'version-held', 'no-decision', 'refused', 'not-started', 'away-too-long', 'too-long', 'wrong-version', 'not-restarted', 'worse', 'rules-not-loaded', 'alert', 'package-missing', 'by-hand',
] as const
export type UpdateReason = (typeof UPDATE_REASONS)[number]
/** null for none, and for a word that a newer version wrote. */
export const updateReasonOf = (text: string | null): UpdateReason | null => UPDATE_REASONS.find((reason) => reason === text) ?? null
