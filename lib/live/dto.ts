// What open pages are told: which things to look at again, never what they hold. Browser-safe.

/** Kinds of things that change while a page is open. lib/live/topics.ts says who is told, lib/queries/live.ts what shows them. */
export const LIVE_TOPICS = ['firewall', 'reading', 'check', 'backup', 'revert', 'drift', 'customer', 'site', 'operator', 'session', 'token', 'settings', 'view', 'alert', 'alert-rule', 'silence', 'window', 'update-job', 'plan', 'bulk', 'channel', 'enrolment'] as const
export type LiveTopic = (typeof LIVE_TOPICS)[number]

/**
 * One thing to look at again. `firewallId` null: the topic is not of one firewall, or so much changed at once that all of the
 * topic should be looked at. `detail` is the kind of a reading.
 */
export type LiveChange = { topic: LiveTopic; firewallId: string | null; detail: string | null }

/**
 * Events of the stream `/api/v1/events`. `changes`: a JSON array of LiveChange. `alive`: nothing, each 15 seconds, so that
 * whoever listens can tell a quiet stream from a dead one. `reset`: look at everything again, because something may have been
 * missed or the caller's rights are others now. `ended`: the session or token has ended.
 */
export const STREAM_EVENTS = ['changes', 'alive', 'reset', 'ended'] as const
export type StreamEvent = (typeof STREAM_EVENTS)[number]

export const ALIVE_MS = 15_000
