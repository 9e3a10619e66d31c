import 'server-only'
import type { z } from 'zod'
import { CSV_BOM, csvRows } from '@/lib/audit/csv'
import { recordAlone } from '@/lib/audit/record'
import { streamOf } from '@/lib/audit/stream'
import type { Actor } from '@/lib/auth/actor'
import { authoriseScope } from '@/lib/auth/authorise'
import { findFirewallPlaces, type FirewallQuestion } from '@/lib/db/firewall-list-sql'
import type { FirewallPosition } from '@/lib/db/firewall-sorts'
import type { FirewallSummary } from '@/lib/firewalls/dto'
import { summariesOf } from '@/lib/firewalls/list'
import { orderOf, parseFirewallQuery } from '@/lib/firewalls/question'
import { Download } from '@/lib/lists/download'
import type { ExportColumn, exportFirewallsInput } from './input'
import { allThatMatch, picked, which } from './which'

const PAGE_ROWS = 500
type Value = string | number | boolean | string[] | null

const upOf = (up: number | null, total: number | null): string | null => (up === null || total === null ? null : `${up}/${total}`)
const VALUES: Record<ExportColumn, (row: FirewallSummary) => Value> = {
  id: (row) => row.id,
  name: (row) => row.name,
  state: (row) => row.state,
  reason: (row) => row.stateReason ?? row.lastError?.message ?? null,
  since: (row) => row.stateSince,
  address: (row) => row.baseUrl,
  customer: (row) => row.customer.name,
  site: (row) => row.site?.name ?? null,
  family: (row) => row.familyLabel,
  version: (row) => row.version,
  hostname: (row) => row.hostname,
  tags: (row) => row.tags,
  firmware: (row) => row.firmware.state,
  offered: (row) => row.firmware.majorVersion ?? row.firmware.offeredVersion,
  gateways: (row) => upOf(row.gatewaysUp, row.gatewaysTotal),
  tunnels: (row) => (row.tunnelsUp === null ? null : upOf(row.tunnelsUp, row.tunnelsUp + (row.tunnelsDown ?? 0))),
  visited: (row) => row.visitedAt,
  latency: (row) => row.latencyMs,
  cpu: (row) => row.cpuPercent,
  memory: (row) => row.memoryPercent,
  disk: (row) => row.diskPercent,
  states: (row) => row.statesPercent,
  uptime: (row) => row.bootedAt,
  certificate: (row) => row.certificateEndsAt,
  clock: (row) => row.clockOffsetSeconds,
  enrolled: (row) => row.createdAt,
}

/** Pages in order, so that a fleet of any size passes through little memory. */
async function* pages(question: FirewallQuestion, order: ReturnType<typeof orderOf>): AsyncGenerator<FirewallSummary[]> {
  for (let after: FirewallPosition | null = null; ; ) {
    const places: FirewallPosition[] = await findFirewallPlaces({ ...question, ...order, after, limit: PAGE_ROWS })
    const page = places.slice(0, PAGE_ROWS)
    yield await summariesOf(page.map(({ id }) => id), new Date())
    after = page.at(-1) ?? null
    if (places.length <= PAGE_ROWS || after === null) return
  }
}

async function* asCsv(rows: AsyncGenerator<FirewallSummary[]>, columns: readonly ExportColumn[]): AsyncGenerator<string> {
  yield CSV_BOM + csvRows([columns])
  const cell = (value: Value) => (Array.isArray(value) ? value.join(' ') : value)
  for await (const page of rows) if (page.length > 0) yield csvRows(page.map((row) => columns.map((column) => cell(VALUES[column](row)))))
}

async function* asJson(rows: AsyncGenerator<FirewallSummary[]>, columns: readonly ExportColumn[]): AsyncGenerator<string> {
  yield '['
  let separator = '\n'
  for await (const page of rows) {
    for (const row of page) {
      yield separator + JSON.stringify(Object.fromEntries(columns.map((column) => [column, VALUES[column](row)])))
      separator = ',\n'
    }
  }
  yield '\n]\n'
}

/** Firewalls as a file, those picked or all that match. The export is itself an audit entry, written before the first byte leaves. */
export async function exportFirewalls(actor: Actor, { format, columns, firewallIds, query }: z.output<typeof exportFirewallsInput>): Promise<Download> {
  const { customerIds } = authoriseScope(actor, 'firewall:read')
  if ((firewallIds === undefined) === (query === undefined)) throw which('query', 'Say which firewalls are meant: firewallIds or query, and only one of them.')
  const question = query === undefined ? picked(firewallIds ?? [], customerIds) : allThatMatch(query, customerIds)
  const order = query === undefined ? orderOf({ sort: 'name' }) : orderOf(parseFirewallQuery(query))
  await recordAlone(actor, { action: 'list.export', target: { kind: 'list', id: null, name: 'firewalls' }, details: { format, columns, ...(query === undefined ? { picked: firewallIds?.length } : { query }) } })
  const day = new Date().toISOString().slice(0, 10)
  const rows = pages(question, order)
  return format === 'csv' ? new Download(streamOf(asCsv(rows, columns)), 'text/csv; charset=utf-8', `palisade-firewalls-${day}.csv`) : new Download(streamOf(asJson(rows, columns)), 'application/json', `palisade-firewalls-${day}.json`)
}
