import 'server-only'
// What can be found wrong with a firewall, as SQL over `f`: whether it is so, and since when. lib/overview/findings.ts has
// the words; lib/firewalls/findings-of.ts says the same of one row in memory.
import { FINDING_NAMES, knownFindings, type FindingName } from '@/lib/overview/findings'
import { CERTIFICATE_SOON_DAYS, CLOCK_OFFSET_SECONDS_MAX, DISK_PERCENT_FULL } from '@/lib/overview/words'
import { SHOWN_STATE } from './firewall-columns'
import { Prisma } from './generated/client'

type FindingSql = { is: Prisma.Sql; since: Prisma.Sql }
const sql = Prisma.sql
const SOON = Prisma.raw(`interval '${CERTIFICATE_SOON_DAYS} days'`)

/** `shown` is the state as it is shown; where many conditions are asked of one row, a column that was computed once. */
export function findingSql(shown: Prisma.Sql): Record<FindingName, FindingSql> {
  const stateSince = sql`f."stateSince"`
  const ofState = (state: string): FindingSql => ({ is: sql`${shown} = ${Prisma.raw(`'${state}'`)}`, since: stateSince })
  const answering = sql`${shown} IN ('reachable', 'degraded')`
  const while_ = (condition: Prisma.Sql, since: Prisma.Sql): FindingSql => ({ is: sql`(${condition} AND ${answering})`, since })
  const otherMaster = sql`FROM "Firewall" p WHERE p.id = f."haPeerId" AND p."haRole" = 'master' AND p.state IN ('reachable', 'degraded')`
  return {
    unreachable: ofState('unreachable'),
    'gateway-down': while_(sql`f."gatewaysDown" > 0`, sql`f."gatewaysDownSince"`),
    'tunnel-down': while_(sql`f."tunnelsDown" > 0`, sql`f."tunnelsDownSince"`),
    // Both are master since the later of the two became one.
    'two-masters': while_(sql`f."haRole" = 'master' AND EXISTS (SELECT 1 ${otherMaster})`, sql`(SELECT greatest(f."haRoleSince", p."haRoleSince") ${otherMaster})`),
    'certificate-changed': ofState('certificate-changed'),
    'credential-rejected': ofState('credential-rejected'),
    'credential-missing': ofState('credential-missing'),
    'api-package-missing': ofState('api-package-missing'),
    'gateway-lossy': while_(sql`f."gatewaysDegraded" > 0`, sql`f."gatewaysDegradedSince"`),
    'certificate-ends': while_(sql`f."certificateEndsAt" < now() + ${SOON}`, sql`f."certificateEndsAt" - ${SOON}`),
    'reboot-pending': while_(sql`f."firmwareState" = 'reboot-pending'`, sql`f."firmwareSince"`),
    'disk-full': while_(sql`f."diskPercent" >= ${Prisma.raw(String(DISK_PERCENT_FULL))}`, sql`f."diskFullSince"`),
    'clock-off': while_(sql`abs(f."clockOffsetSeconds") > ${Prisma.raw(String(CLOCK_OFFSET_SECONDS_MAX))}`, sql`f."clockOffSince"`),
    // Degraded for none of the reasons above.
    'other-trouble': {
      is: sql`(${shown} = 'degraded' AND coalesce(f."gatewaysDown", 0) = 0 AND coalesce(f."gatewaysDegraded", 0) = 0 AND coalesce(f."diskPercent", 0) < ${Prisma.raw(String(DISK_PERCENT_FULL))})`,
      since: stateSince,
    },
    stale: { is: sql`${shown} = 'stale'`, since: sql`f."visitedAt"` },
    'never-visited': ofState('not-visited'),
    paused: { is: sql`${shown} = 'paused'`, since: sql`f."pausedAt"` },
  }
}

const OF_FIREWALL = findingSql(SHOWN_STATE)

/** The findings of a firewall as a list of texts, worst first. */
export const findingsArray = (findings: Record<FindingName, FindingSql>): Prisma.Sql =>
  sql`array_remove(ARRAY[${Prisma.join(FINDING_NAMES.map((name) => sql`CASE WHEN ${findings[name].is} THEN ${Prisma.raw(`'${name}'`)} END`))}]::text[], NULL)`
export const FINDINGS_OF_FIREWALL = findingsArray(OF_FIREWALL)

/** Whether a firewall has one of these; asking for one of them does not cost what the whole list costs. */
export const hasFinding = (names: readonly string[]): Prisma.Sql => sql`(${Prisma.join([...knownFindings(names).map((name) => OF_FIREWALL[name].is), sql`FALSE`], ' OR ')})`
