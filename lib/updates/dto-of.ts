import 'server-only'
import { z } from 'zod'
import { family } from '@/lib/adapters/model'
import { UPDATE_KINDS } from '@/lib/adapters/words'
import type { Prisma } from '@/lib/db/generated/client'
import { moduleOf } from '@/lib/firewalls/dto-of'
import { storedOffer } from './approved'
import type { UpdateJobDetail, UpdateJobDto } from './dto'
import { memoryOf } from './memory'
import { actsOf, isFinalUpdate, UPDATE_REASONS, updateStateOf } from './states'
import { storedChecks } from './stored-checks'

const named = { select: { id: true, name: true } } as const
export const jobInclude = {
  plan: named,
  ring: { select: { id: true, name: true, position: true } },
  firewall: { select: { id: true, name: true, family: true, state: true, customer: named, site: named } },
} as const satisfies Prisma.UpdateJobInclude
export const detailInclude = { ...jobInclude, events: { orderBy: [{ at: 'asc' }, { id: 'asc' }] } } as const satisfies Prisma.UpdateJobInclude
export type JobRow = Prisma.UpdateJobGetPayload<{ include: typeof jobInclude }>
type DetailRow = Prisma.UpdateJobGetPayload<{ include: typeof detailInclude }>

const iso = (date: Date | null): string | null => date?.toISOString() ?? null
const kindOf = (text: string) => z.enum(UPDATE_KINDS).catch('minor').parse(text)
const NOTHING = { version: null, packages: null, downloadBytes: null, rebootRequired: null }

export function toUpdateJob(row: JobRow): UpdateJobDto {
  // A word of a newer version is not known here.
  const state = updateStateOf(row.state) ?? 'unknown'
  const { customer, site, ...firewall } = row.firewall
  return {
    id: row.id,
    plan: row.plan,
    ring: row.ring,
    firewall: { ...firewall, family: family.parse(firewall.family), familyLabel: moduleOf(firewall).label },
    customer,
    site,
    state,
    stateSince: row.stateSince.toISOString(),
    kind: kindOf(row.kind),
    fromVersion: row.fromVersion,
    toVersion: row.toVersion,
    startsAt: iso(row.startsAt),
    endsAt: iso(row.endsAt),
    nextStepAt: isFinalUpdate(state) ? null : row.nextStepAt.toISOString(),
    backupId: row.backupId,
    intentAt: iso(row.intentAt),
    rebootDue: row.rebootDue,
    reason: UPDATE_REASONS.find((reason) => reason === row.reason) ?? null,
    message: row.message,
    soakUntil: iso(row.soakUntil),
    finishedAt: iso(row.finishedAt),
    decidedBy: row.decidedBy,
    decision: row.decision,
    retryOfId: row.retryOfId,
    acts: actsOf(state),
  }
}

export function toUpdateJobDetail(row: DetailRow): UpdateJobDetail {
  const { updateAbility: ability } = moduleOf(row.firewall)
  const { preflight, verification } = storedChecks(row.checks)
  const job = toUpdateJob(row)
  return {
    ...job,
    offer: storedOffer(row.offer) ?? NOTHING,
    preflight,
    verification,
    events: row.events.map(({ at, what, state, detail }) => ({ at: at.toISOString(), what, state: updateStateOf(state) ?? 'unknown', detail })),
    logTail: row.logTail,
    reinstall: job.state === 'package-missing' ? ability.reinstall(row.toVersion, memoryOf(row).apiPackageVersion ?? null) : null,
    rollback: [...ability.rollback(job.kind, row.fromVersion)],
  }
}
