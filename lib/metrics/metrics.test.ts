// What Prometheus is told: read back with a strict reader, held against the database and against who may see what.
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { metricsOperations } from '@/lib/api/metrics'
import { db } from '@/lib/db/client'
import { call, tokenOf, type Reply } from '@/lib/testing/api-client'
import { readExposition, type Exposition } from '@/lib/testing/exposition'
import { counted } from '@/lib/testing/fact-world'
import { readAlertRules, selectedBy } from '@/lib/testing/promql'
import { aCustomer, owner, person, startInstallation, type Installation } from '@/lib/testing/installation'
import { LABELS_OF, METRICS, type MetricName } from './names'

const AWKWARD = 'Ærø "north"\\\nedge }, x="1'
const NOW = new Date('2026-11-25T03:00:00.250Z')

let installation: Installation
let all: string
let ofOne: string
let first: { id: string; name: string }
let second: { id: string; name: string }

const scrape = (token: string, query: Record<string, string> = {}): Promise<Reply> => call(metricsOperations.read, { token, query })
const read = async (token: string, query: Record<string, string> = {}): Promise<Exposition> => readExposition(String((await scrape(token, query)).body.text))
const valuesOf = ({ series }: Exposition, name: MetricName, labels: Record<string, string> = {}) =>
  series.filter((one) => one.name === name && Object.entries(labels).every(([label, value]) => one.labels[label] === value)).map(({ value }) => value)

const firewall = (customerId: string, name: string, more: object = {}) =>
  db().firewall.create({ data: { customerId, name, family: 'opnsense', origin: `https://${crypto.randomUUID()}.example`, trustMode: 'public-ca', trustConfirmedAt: NOW, ...more } })

beforeAll(async () => {
  installation = await startInstallation()
  first = await aCustomer('Aurland Water')
  second = await aCustomer(AWKWARD)
  const site = await db().site.create({ data: { customerId: first.id, name: 'Pumping "A"' } })
  const known = await firewall(first.id, AWKWARD, {
    siteId: site.id, state: 'degraded', visitedAt: new Date(), version: '26.7', latencyMs: 12.5, cpuPercent: 7, memoryPercent: 40, diskPercent: 91, statesPercent: 3, gatewaysTotal: 4, gatewaysUp: 1, gatewaysDegraded: 1, gatewaysDown: 2, tunnelsUp: 3, tunnelsDown: 1,
    certificateEndsAt: NOW, clockOffsetSeconds: -3, bootedAt: NOW, firmwareState: 'offered', firmwareCheckedAt: NOW, rebootRequired: true, backupAt: NOW, driftSince: NOW,
  })
  await firewall(first.id, 'plain')
  await firewall(second.id, 'elsewhere', { state: 'reachable', visitedAt: new Date() })
  const alert = (kind: string, more: object) => ({ firewallId: known.id, customerId: first.id, kind, state: 'open', severity: 'critical', facts: {}, since: NOW, changedAt: NOW, ...more })
  const cause = await db().alert.create({ data: alert('unreachable', {}) })
  await db().alert.createMany({ data: [alert('gateway-down', { causeId: cause.id }), alert('disk-full', { state: 'acknowledged', severity: 'warning' }), alert('drift', { state: 'resolved', severity: 'notice' }), alert('clock-off', { state: 'pending', severity: 'notice' })] })
  await db().auditCopy.create({ data: { name: 'SIEM', kind: 'syslog', settings: {}, firstEntry: 1, lastEntry: 1, failures: 2, lastCopyAt: NOW, createdAt: NOW } })
  await db().auditCopy.create({ data: { name: 'paused', kind: 'syslog', settings: {}, firstEntry: 1, lastEntry: 0, enabled: false, createdAt: NOW } })
  await db().heartbeat.create({ data: { id: 'w', role: 'worker', startedAt: NOW, seenAt: new Date() } })
  await db().auditVerification.create({ data: { at: NOW, firstEntry: 1, lastEntry: 1, lastHash: 'h', entries: 1, checkpoints: 0, problem: null, durationMs: 1 } })
  await db().installationBackup.create({ data: { at: NOW, fileName: 'f', bytes: 1, sha256: 's', lastEntry: 1, rowCount: 1, durationMs: 1 } })
  all = await tokenOf(await owner(), 'viewer')
  ofOne = await tokenOf(await person([{ role: 'viewer', customerId: first.id }]), 'viewer')
  await db().auditCheckpoint.create({ data: { entry: 1, hash: 'h', at: NOW, signature: 's' } })
})
afterAll(() => installation.end())

describe('the text', () => {
  it('holds every metric of the list with its type, its help and no label but its own', async () => {
    const { types, helps, series } = await read(all)
    expect([...types.keys()].sort()).toEqual(Object.keys(METRICS).sort())
    for (const [name, metric] of Object.entries(METRICS)) {
      expect([types.get(name), helps.get(name)]).toEqual([metric.type, metric.help])
      const labels = [...LABELS_OF[metric.of], ...('labels' in metric ? metric.labels : [])].sort()
      for (const one of series.filter((each) => each.name === name)) expect(Object.keys(one.labels).sort(), name).toEqual(labels)
    }
  })
  it('names follow the conventions: base units, and _total for counters alone', () => {
    for (const [name, { type, help }] of Object.entries(METRICS)) {
      expect(name).toMatch(/^(palisade|process|nodejs)_[a-z0-9_]+$/)
      expect(name).not.toMatch(/_(ms|milliseconds|percent|kb|mb|minutes|days)$|_timestamp$/)
      expect(name.endsWith('_total')).toBe(type === 'counter')
      expect(help).toMatch(/^[A-Z0-9].+\.$/)
    }
  })
  it('is private, and what Prometheus expects', async () => {
    const { status, headers } = await scrape(all)
    expect(status).toBe(200)
    expect(headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
    expect(headers.get('content-disposition')).toBeNull()
    expect(headers.get('cache-control')).toContain('no-store')
  })
})

describe('the figures', () => {
  it('of a firewall are in base units, and names come back whole', async () => {
    const found = await read(all)
    const of = (name: MetricName, labels: Record<string, string> = {}) => valuesOf(found, name, { firewall: AWKWARD, customer: 'Aurland Water', ...labels })
    expect(of('palisade_firewall_info', { site: 'Pumping "A"', family: 'opnsense', version: '26.7' })).toEqual([1])
    expect(of('palisade_firewall_state', { state: 'degraded' })).toEqual([1])
    expect(of('palisade_firewall_up')).toEqual([1])
    expect(of('palisade_firewall_latency_seconds')).toEqual([0.0125])
    expect(of('palisade_firewall_disk_usage_ratio')).toEqual([0.91])
    expect(['up', 'degraded', 'down'].map((status) => of('palisade_firewall_gateways', { status }))).toEqual([[1], [1], [2]])
    expect(of('palisade_firewall_certificate_expiry_timestamp_seconds')).toEqual([NOW.getTime() / 1000])
    expect([of('palisade_firewall_update_offered'), of('palisade_firewall_reboot_pending'), of('palisade_firewall_drift')]).toEqual([[1], [0], [1]])
    expect(['critical', 'warning', 'notice'].map((severity) => of('palisade_firewall_alerts', { severity }))).toEqual([[1], [1], [0]])
  })
  it('that are not reported are not there', async () => {
    const found = await read(all)
    const names = new Set(found.series.filter(({ labels }) => labels.firewall === 'plain').map(({ name }) => name))
    expect([...names].sort()).toEqual(['palisade_firewall_alerts', 'palisade_firewall_info', 'palisade_firewall_state'])
  })
  it('say up and down only while Palisade can tell', async () => {
    const { id } = await db().firewall.findFirstOrThrow({ where: { name: 'elsewhere' } })
    const up = async (more: object) => {
      await db().firewall.update({ where: { id }, data: more })
      return valuesOf(await read(all), 'palisade_firewall_up', { firewall_id: id })
    }
    for (const state of ['certificate-changed', 'credential-rejected', 'credential-missing']) expect(await up({ state }), state).toEqual([])
    expect([await up({ state: 'unreachable' }), await up({ state: 'api-package-missing' })]).toEqual([[0], [1]])
    expect([await up({ state: 'reachable', visitedAt: new Date(Date.now() - 86_400_000) }), await up({ visitedAt: new Date() })]).toEqual([[], [1]])
  })
  it('of a customer are the sums of its firewalls', async () => {
    const found = await read(all)
    const of = (name: MetricName, labels: Record<string, string> = {}) => valuesOf(found, name, { customer: 'Aurland Water', ...labels })
    expect([of('palisade_customer_firewalls', { state: 'degraded' }), of('palisade_customer_firewalls', { state: 'not-visited' }), of('palisade_customer_firewalls', { state: 'paused' })]).toEqual([[1], [1], [0]])
    expect(of('palisade_customer_gateways', { status: 'down' })).toEqual([2])
    expect([of('palisade_customer_updates_offered'), of('palisade_customer_drifted')]).toEqual([[1], [1]])
    expect(of('palisade_customer_alerts', { severity: 'critical' })).toEqual([1, 0])
    expect(of('palisade_customer_alerts', { severity: 'warning', state: 'acknowledged' })).toEqual([1])
    expect(valuesOf(found, 'palisade_customer_firewalls', { customer: AWKWARD, state: 'reachable' })).toEqual([1])
  })
  it('of a customer of whom nothing is reported are not there', async () => {
    const found = await read(all)
    for (const name of ['palisade_customer_gateways', 'palisade_customer_tunnels', 'palisade_customer_updates_offered', 'palisade_customer_reboots_pending', 'palisade_customer_drifted'] as const) expect(valuesOf(found, name, { customer: AWKWARD }), name).toEqual([])
    expect([valuesOf(found, 'palisade_customer_without_recent_backup', { customer: AWKWARD }), valuesOf(found, 'palisade_customer_reboots_pending', { customer: 'Aurland Water' })]).toEqual([[1], [0]])
  })
  it('of Palisade itself: the audit log, its copies, workers', async () => {
    const found = await read(all)
    const entries = await db().auditEntry.count()
    expect(valuesOf(found, 'palisade_audit_entries_total')).toEqual([entries])
    expect(valuesOf(found, 'palisade_audit_unsigned_entries')).toEqual([entries - 1])
    expect(valuesOf(found, 'palisade_audit_copy_waiting_entries')).toEqual([entries - 1])
    expect(valuesOf(found, 'palisade_audit_copy_failures', { copy: 'SIEM' })).toEqual([2])
    expect(valuesOf(found, 'palisade_workers')).toEqual([1])
    expect(valuesOf(found, 'process_resident_memory_bytes')[0]).toBeGreaterThan(1e7)
    const version = found.series.find(({ name }) => name === 'palisade_build_info')?.labels
    expect(version).toMatchObject({ version: '0.1.0', node: process.versions.node })
  })
})

describe('who sees what', () => {
  it('a token of one customer gets its firewalls alone, and nothing of Palisade itself', async () => {
    const { series } = await read(ofOne)
    expect(new Set(series.flatMap(({ labels }) => labels.customer ?? []))).toEqual(new Set(['Aurland Water']))
    expect(new Set(series.map(({ name }) => METRICS[name as MetricName].of))).toEqual(new Set(['firewall', 'customer', 'scrape']))
  })
  it('a customer outside the scope has no figures, like one that does not exist', async () => {
    const [other, nobody] = [await scrape(ofOne, { customerId: second.id }), await scrape(ofOne, { customerId: crypto.randomUUID() })]
    expect(other.body).toEqual(nobody.body)
    expect((await read(all, { customerId: second.id })).series.every(({ labels }) => labels.customer === undefined || labels.customer === AWKWARD)).toBe(true)
  })
  it('without a token there is nothing', async () => expect((await scrape('')).status).toBe(401))
})

describe('the dashboard and the rules beside the documents', () => {
  type Panel = { id: number; type: string; title: string; datasource?: { uid: string }; targets?: { expr: string; legendFormat: string }[] }
  type Dashboard = { panels: Panel[]; templating: { list: { name: string; query: string | { query: string } }[] } }
  const file = (name: string) => readFile(path.join(import.meta.dirname, '../../docs/grafana', name), 'utf8')
  let labelsSeen: Map<string, Map<string, Set<string>>>
  beforeAll(async () => {
    labelsSeen = new Map()
    for (const { name, labels } of (await read(all)).series) {
      const of = labelsSeen.get(name) ?? new Map<string, Set<string>>()
      for (const [label, value] of Object.entries(labels)) of.set(label, (of.get(label) ?? new Set()).add(value))
      labelsSeen.set(name, of)
    }
  })

  /** Each metric is in the list and in a scrape, and so is each label; a closed list of values has the one that is asked for. */
  function expectKnown(expr: string, shown: readonly string[]): void {
    const { selectors, grouped } = selectedBy(expr.replaceAll('$customer', '.*').replaceAll('$firewall', '.*'))
    expect(selectors.length, expr).toBeGreaterThan(0)
    for (const { name, matchers } of selectors) {
      expect(Object.keys(METRICS), expr).toContain(name)
      const labels = labelsSeen.get(name)
      for (const { label, op, value } of matchers) {
        expect([...(labels?.keys() ?? [])], expr).toContain(label)
        const wanted = op.endsWith('~') ? value.split('|').filter((one) => one !== '.*') : [value]
        for (const one of wanted) if (name.startsWith('palisade_customer') || label === 'quantile') expect([...(labels?.get(label) ?? [])], expr).toContain(one)
      }
      for (const label of [...grouped, ...shown]) expect([...(labels?.keys() ?? [])], `${label} in ${expr}`).toContain(label)
    }
  }

  it('ask for figures and labels that are there, each panel in its place', async () => {
    const { panels, templating } = JSON.parse(await file('palisade-fleet.json')) as Dashboard
    const asked = panels.flatMap(({ targets = [] }) => targets)
    for (const { expr, legendFormat } of asked) expectKnown(expr, [...legendFormat.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1] ?? ''))
    for (const { query } of templating.list) if (typeof query === 'object') expectKnown(query.query, [])
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length)
    expect(panels.filter(({ type, datasource }) => type !== 'row' && datasource?.uid !== '${datasource}')).toEqual([])
    const used = new Set(asked.flatMap(({ expr }) => selectedBy(expr).selectors.map(({ name }) => name)))
    expect(used.size).toBeGreaterThan(25)
  })
  it('rules say what, where and how bad', async () => {
    const rules = readAlertRules(await file('palisade-alerts.yaml'))
    expect(rules.length).toBeGreaterThan(12)
    expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length)
    for (const { expr, severity, summary } of rules) {
      expectKnown(expr, [...summary.matchAll(/\$labels\.(\w+)/g)].map((match) => match[1] ?? ''))
      expect(['critical', 'warning']).toContain(severity)
    }
  })
  it('the readers refuse what is not there', () => {
    expect(() => expectKnown('palisade_firewall_uptime', [])).toThrow()
    expect(() => expectKnown('palisade_customer_firewalls{state="on-fire"}', [])).toThrow()
    expect(() => expectKnown('sum by (gateway) (palisade_firewall_gateways)', [])).toThrow()
    expect(() => readExposition('# HELP a b.\n# TYPE a gauge\na{x="1",x="2"} 1\n')).toThrow()
    expect(() => readExposition('# HELP a b.\n# TYPE a gauge\na{x="\n"} 1\n')).toThrow()
  })
})

describe('a large fleet', () => {
  beforeAll(async () => {
    await db().$executeRaw`INSERT INTO "Firewall" (id, "customerId", name, family, origin, "trustMode", "trustConfirmedAt", state, "visitedAt")
      SELECT gen_random_uuid(), ${second.id}::uuid, 'fw-' || n, 'opnsense', 'https://fw-' || n, 'public-ca', now(), 'reachable', now() FROM generate_series(1, 2000) n`
  })

  it('has no series for each firewall unless they are asked for, and says how many are left out', async () => {
    const unasked = await read(all)
    expect(unasked.series.filter(({ name }) => name === 'palisade_firewall_state')).toEqual([])
    expect(valuesOf(unasked, 'palisade_scrape_firewalls_left_out')).toEqual([2003])
    expect(valuesOf(unasked, 'palisade_customer_firewalls', { customer: AWKWARD, state: 'reachable' })).toEqual([2001])
    const asked = await read(all, { firewalls: 'true' })
    expect(valuesOf(asked, 'palisade_firewall_state')).toHaveLength(2003)
    expect(valuesOf(asked, 'palisade_scrape_firewalls_left_out')).toEqual([0])
  })
  it('is read with as many statements as a small one', async () => {
    const few = (await counted(() => scrape(all, { firewalls: 'true', customerId: first.id }))).length
    const statements = await counted(() => scrape(all, { firewalls: 'true' }))
    process.stdout.write(`metrics: ${statements.length} statements over 2,003 firewalls, ${few} over 2\n`)
    expect(few).toBeLessThanOrEqual(8)
    // Those of Palisade itself come on top.
    expect(statements.length).toBeLessThanOrEqual(few + 8)
  })
})
