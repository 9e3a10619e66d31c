import 'server-only'
import type { FirewallSort } from '@/lib/firewalls/words'
import { Prisma } from './generated/client'

type Sort = {
  /** What rows are put in order by; `nothing` is what stands for what is not reported, so that it comes last both ways. */
  by: (nothing: Prisma.Sql) => Prisma.Sql
  type: 'text' | 'int' | 'float8' | 'timestamptz'
}

const text = (expression: Prisma.Sql): Sort => ({ by: () => expression, type: 'text' })
const number = (expression: Prisma.Sql): Sort => ({ by: (nothing) => Prisma.sql`coalesce(${expression}, ${nothing}::float8)`, type: 'float8' })

/**
 * Orders of the fleet list. Those that an index serves (the end of the migration) are of columns that seldom change: an
 * index on what each visit writes would cost every visit more than sorting the fleet costs a page (decision 0019).
 */
const SORTS: Record<FirewallSort, Sort> = {
  state: { by: () => Prisma.sql`f."stateRank"`, type: 'int' },
  name: text(Prisma.sql`lower(f.name)`),
  address: text(Prisma.sql`f.origin`),
  customer: text(Prisma.sql`lower(c.name)`),
  site: text(Prisma.sql`lower(coalesce(s.name, ''))`),
  family: text(Prisma.sql`f.family`),
  version: text(Prisma.sql`coalesce(f.version, '')`),
  firmware: text(Prisma.sql`f."firmwareState"`),
  gateways: number(Prisma.sql`(f."gatewaysUp" - f."gatewaysTotal")::float8`),
  tunnels: number(Prisma.sql`(-f."tunnelsDown")::float8`),
  visited: { by: () => Prisma.sql`coalesce(f."visitedAt", 'epoch')`, type: 'timestamptz' },
  latency: number(Prisma.sql`f."latencyMs"`),
  cpu: number(Prisma.sql`f."cpuPercent"`),
  memory: number(Prisma.sql`f."memoryPercent"`),
  disk: number(Prisma.sql`f."diskPercent"`),
  states: number(Prisma.sql`f."statesPercent"`),
  uptime: number(Prisma.sql`(-extract(epoch FROM f."bootedAt"))::float8`),
  clock: number(Prisma.sql`abs(f."clockOffsetSeconds")::float8`),
  certificate: { by: (nothing) => Prisma.sql`coalesce(f."certificateEndsAt", ${nothing}::timestamptz)`, type: 'timestamptz' },
  enrolled: { by: () => Prisma.sql`f."createdAt"`, type: 'timestamptz' },
}

export type FirewallPosition = { sorted: string; name: string; id: string }
export type FirewallOrder = { sort: FirewallSort; descending: boolean }

/** What rows are sorted by, the whole order, and the condition to come after a place. It ends in name and id, so that every row has exactly one place. */
export function orderSql({ sort, descending }: FirewallOrder, after: FirewallPosition | null): { sorted: Prisma.Sql; order: Prisma.Sql; beyond: Prisma.Sql } {
  const { by, type } = SORTS[sort]
  const sorted = by(descending ? Prisma.sql`'-infinity'` : Prisma.sql`'infinity'`)
  const direction = descending ? Prisma.sql`DESC` : Prisma.sql`ASC`
  const order = Prisma.sql`${sorted} ${direction}, lower(f.name) ${direction}, f.id ${direction}`
  if (after === null) return { sorted, order, beyond: Prisma.sql`TRUE` }
  const place = Prisma.sql`(${after.sorted}::${Prisma.raw(type)}, ${after.name}, ${after.id}::uuid)`
  return { sorted, order, beyond: Prisma.sql`(${sorted}, lower(f.name), f.id) ${descending ? Prisma.sql`<` : Prisma.sql`>`} ${place}` }
}
