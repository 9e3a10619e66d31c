// Which firewall of a run is shown below its rings. Pure, so that it can be tested.
import type { PlanRun } from '@/lib/plan-runs/dto'

/** What has failed or waits for a person, the worst first. */
const worst = ({ rings }: PlanRun): string | null => rings.flatMap(({ jobs }) => jobs).find(({ state, retried }) => !retried && (state === 'failed' || state === 'unknown' || state === 'package-missing' || state === 'held' || state === 'blocked'))?.id ?? null

/** What is shown without a choice: the worst when it was first seen. Later answers leave it, or what somebody writes about one firewall would be lost to another. */
export const keepFirst = (first: string | null, run: PlanRun): string | null => first ?? worst(run)

/** What a person chose, else the first, unless it was closed; a phone has no room for one that nobody chose. */
export const shownJob = ({ selected, first, closed }: { selected: string | null; first: string | null; closed: boolean }, phone: boolean): string | null => selected ?? (closed || phone ? null : first)
