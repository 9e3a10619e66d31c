import { Client } from 'pg'
import { crc32, deflateSync } from 'node:zlib'
import { openPostgres } from '@/lib/cli/postgres.mjs'
import { createCustomer, createSite, enrol } from './api'
import { expect, test } from './fixtures'
import { addFirewall } from './fleet-client'
import { look, WIDE } from './look'
import { shared } from './shared'

// A customer's month: with what happened in it, on the screen and on paper.

const ids = { customer: '', fw1: '', fw2: '' }
const now = new Date()
/** The month that ended last, in UTC. */
const from = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1, 1))
const to = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1))
const month = from.toISOString().slice(0, 7)
const on = (day: number, hour: number): Date => new Date(from.getTime() + (day - 1) * 86_400_000 + hour * 3_600_000)

async function withDatabase(work: (client: Client) => Promise<void>): Promise<void> {
  const server = await openPostgres(shared().dataDir)
  const client = new Client(server.config)
  try {
    await client.connect()
    await work(client)
  } finally {
    await client.end()
    await server.close()
  }
}

async function pastOf(client: Client, id: string, wasDown: boolean): Promise<void> {
  const change = (at: Date, key: string, before: object, after: object) =>
    client.query(`INSERT INTO "Change" ("firewallId", at, kind, key, what, before, after) VALUES ($1, $2, 'firewall', $3, 'changed', $4, $5)`, [id, at, key, before, after])
  await client.query(`UPDATE "Firewall" SET "createdAt" = $2 WHERE id = $1`, [id, new Date(from.getTime() - 40 * 86_400_000)])
  await client.query(`INSERT INTO samples.hour ("firewallId", at, layout, visits, low, mean, high) SELECT $1, h, 1, 60, '{1}', '{1}', '{1}' FROM generate_series($2::timestamptz, $3::timestamptz - interval '1 hour', '1 hour') h ON CONFLICT DO NOTHING`, [id, from, to])
  await change(on(6, 2), 'version', { version: '26.7.1' }, { version: '26.7.2' })
  await change(on(3, 9), 'state', { state: 'reachable' }, { state: wasDown ? 'unreachable' : 'degraded' })
  await change(on(3, 13), 'state', { state: wasDown ? 'unreachable' : 'degraded' }, { state: 'reachable' })
}

test.beforeAll(async () => {
  test.setTimeout(60_000)
  ids.customer = await createCustomer('Ashdown Foundry')
  const siteId = await createSite(ids.customer, 'Works')
  const make = async (name: string) => enrol(await addFirewall({ name, family: 'opnsense', version: '26.7' }), ids.customer, { siteId })
  ids.fw1 = await make('af-works-fw1')
  ids.fw2 = await make('af-works-fw2')
  await withDatabase(async (client) => {
    await client.query(`UPDATE "Site" SET "timeZone" = 'UTC' WHERE id = $1`, [siteId])
    await client.query(`DELETE FROM "CustomerReport" WHERE "customerId" = $1`, [ids.customer])
    await pastOf(client, ids.fw1, true)
    await pastOf(client, ids.fw2, false)
    const alert = (firewallId: string, kind: string, subject: string, severity: string, opened: Date, resolved: Date | null) =>
      client.query(
        `INSERT INTO "Alert" (id, "firewallId", "customerId", kind, subject, state, severity, facts, since, "openedAt", "resolvedAt", "changedAt", "acknowledgedBy") VALUES (gen_random_uuid(), $1, $2, $3, $4, 'resolved', $5, '{}', $6, $6, $7, $6, 'Anna Berg') ON CONFLICT DO NOTHING`,
        [firewallId, ids.customer, kind, subject, severity, opened, resolved ?? new Date(to.getTime() + 3_600_000)],
      )
    await alert(ids.fw1, 'unreachable', '', 'critical', on(3, 9), on(3, 13))
    for (let day = 8; day <= 26; day += 1) await alert(ids.fw2, 'gateway-down', `WAN${day}`, 'warning', on(day, 4), day === 26 ? null : on(day, 6))
  })
})

/** A small PNG with something on it. */
function logo(): Buffer {
  const [width, height] = [180, 48]
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
    const frame = Buffer.alloc(8)
    frame.writeUInt32BE(data.length, 0)
    frame.writeUInt32BE(crc32(body), 4)
    return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)])
  }
  const head = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 2, 0, 0, 0])
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  const rows = Array.from({ length: height }, (_, y) => Buffer.concat([Buffer.from([0]), ...Array.from({ length: width }, (_, x) => Buffer.from((x + y) % 48 < 24 ? [20, 60, 90] : [230, 120, 40]))]))
  return Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), chunk('IHDR', head), chunk('IDAT', deflateSync(Buffer.concat(rows))), chunk('IEND', Buffer.alloc(0))])
}

test('name and logo of the provider are decided by the owner', async ({ page, watch }) => {
  await page.setViewportSize(WIDE)
  await page.goto('/settings/brand')
  await page.getByLabel('Name of your company').fill('Nordwall IT Services')
  await page.getByRole('button', { name: 'Save the name' }).click()
  await expect(page.getByText('This is the name now.')).toBeVisible()
  watch.allowStatus(400)
  const choose = page.getByLabel(/^Choose (a|another) logo/)
  await choose.setInputFiles({ name: 'logo.png', mimeType: 'image/png', buffer: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>') })
  await expect(page.getByRole('region', { name: 'Logo' }).getByRole('alert')).toContainText('Choose a PNG or JPEG')
  await choose.setInputFiles({ name: 'logo.png', mimeType: 'image/png', buffer: logo() })
  await expect(page.getByRole('img', { name: 'The logo on reports' })).toHaveJSProperty('naturalWidth', 180)
  await look(page, 'reports-brand')
})

test('a month of a customer, on the screen and on paper', async ({ page }) => {
  await page.setViewportSize(WIDE)
  await page.goto('/reports?search=Ashdown')
  const row = page.getByRole('row').filter({ hasText: 'Ashdown Foundry' })
  await expect(row).toContainText('2 firewalls')
  await look(page, 'reports')
  await row.getByRole('link').nth(1).click()
  await expect(page).toHaveURL(new RegExp(`/reports/${ids.customer}\\?month=${month}`))
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Ashdown Foundry')
  const uptime = page.getByRole('region', { name: 'Uptime by firewall' })
  await expect(uptime.getByRole('row').filter({ hasText: 'af-works-fw1' })).toContainText('4 h')
  await expect(uptime.getByRole('row').filter({ hasText: 'af-works-fw2' })).toContainText('100 %')
  await expect(page.getByRole('region', { name: 'Incidents, worst first' })).toContainText('af-works-fw1 does not answer.')
  await expect(page.getByRole('region', { name: 'Updates by time' })).toContainText('26.7.2')
  await look(page, 'reports-month')

  await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeHidden()
  await expect(page.getByRole('button', { name: 'Print or save as PDF' })).toBeHidden()
  expect(await page.evaluate(() => getComputedStyle(document.body).color)).toBe('rgb(20, 26, 23)')
  const pdf = await page.pdf({ path: 'test-results/looks/report.pdf', preferCSSPageSize: true, printBackground: true })
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
  // A4 in points.
  expect(pdf.toString('latin1')).toMatch(/\/MediaBox \[0 0 59[45](\.\d+)? 84[12](\.\d+)?\]/)
})

test('the month under way says so', async ({ page }) => {
  await page.goto(`/reports/${ids.customer}?month=${now.toISOString().slice(0, 7)}`)
  await expect(page.getByText('This month is not over.')).toBeVisible()
  await expect(page.getByText(/^So far, 2 firewalls were/)).toBeVisible()
})
