import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { call, createCustomer, enrol, refresh } from './api'
import { expect, expectAccessible, test } from './fixtures'
import { addFirewall } from './fleet-client'

// Who did what: found by conditions, opened, and taken out as files.

/** A spreadsheet would run this as a formula. */
const FORMULA = '=HYPERLINK("http://198.51.100.1","Audit")'
let firewallId = ''
test.beforeAll(async () => {
  const firewall = await addFirewall({ name: 'au-gate-fw1', family: 'pfsense-v1', version: '1.9' })
  firewallId = await enrol(firewall, await createCustomer(FORMULA))
  await refresh(firewallId)
  await firewall.patch({ scenario: 'dead' })
  await call('GET', `/firewalls/${firewallId}/arp?fresh=true`)
})

const rows = (page: Page) =>
  page
    .getByRole('table', { name: 'Audit entries' })
    .getByRole('row')
    .filter({ has: page.getByRole('cell') })
const count = async (page: Page): Promise<number> =>
  Number(
    /^(\d+) entr/.exec(
      (await page
        .getByText(/^\d+ entr(y|ies)$/)
        .first()
        .textContent()) ?? '',
    )?.[1],
  )
async function download(page: Page, name: string): Promise<string> {
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name, exact: true }).click()])
  return readFileSync(await file.path(), 'utf8')
}

/** Cells of a CSV line in which every cell is quoted. */
const cellsOf = (line: string): string[] => [...line.matchAll(/"((?:[^"]|"")*)"(?:,|$)/g)].map(([, cell = '']) => cell.replaceAll('""', '"'))

test('conditions in the address, one entry with its intent, and its place in the chain', async ({ page }) => {
  await page.goto(`/audit?firewall=${firewallId}`)
  await expect(rows(page).filter({ hasText: 'firewall.enrol' }).first()).toBeVisible()

  await test.step('by action and by result', async () => {
    await page.getByLabel('Action', { exact: true }).selectOption({ label: 'firewall.read' })
    await expect(page).toHaveURL(/action=firewall\.read/)
    await expect(rows(page).filter({ hasText: 'firewall.enrol' })).toHaveCount(0)
    await page.getByLabel('Result', { exact: true }).selectOption({ label: 'Failed' })
    await expect(rows(page)).toHaveCount(1)
    await page.reload()
    await expect(rows(page)).toHaveCount(1)
    await expect(rows(page).first()).toContainText('No answer')
  })

  await test.step('the entry tells who, from where, why, and which intent it answers', async () => {
    await rows(page).first().click()
    const panel = page.getByRole('complementary', { name: /^Entry \d+$/ })
    await expect(panel.getByRole('heading', { level: 2, name: 'firewall.read' })).toBeVisible()
    await expect(panel.getByText('127.0.0.1')).toBeVisible()
    await expect(panel.getByText('firewall-unreachable')).toBeVisible()
    await expect(panel.getByRole('heading', { name: 'Place in the chain' })).toBeVisible()
    await expectAccessible(page, 'an opened audit entry')
    await page.getByRole('button', { name: 'Remove the condition on result' }).click()
    await panel.getByRole('button', { name: /^[\d,]+$/ }).click()
    await expect(panel.getByText('Intent', { exact: true }).first()).toBeVisible()
    await panel.getByRole('button', { name: 'Close the entry' }).click()
    await expect(panel).toBeHidden()
  })

  await test.step('by day; nothing found says so', async () => {
    await page.getByLabel('From', { exact: true }).fill('2099-01-01')
    await expect(page.getByText('No entry matches')).toBeVisible()
    await page.getByRole('button', { name: 'Remove all conditions' }).click()
    await expect(rows(page).first()).toBeVisible()
  })
})

test('the files hold what is listed, and no cell of them is a formula', async ({ page }) => {
  await page.goto(`/audit?firewall=${firewallId}`)
  await expect(rows(page).first()).toBeVisible()
  const listed = await count(page)
  expect(listed).toBeGreaterThan(3)

  const csv = await download(page, 'CSV')
  expect(csv.charCodeAt(0)).toBe(0xfeff)
  const [head = '', ...lines] = csv.slice(1).trimEnd().split('\r\n')
  expect(cellsOf(head).slice(0, 4)).toEqual(['entry', 'at', 'actor kind', 'actor'])
  expect(lines).toHaveLength(listed)
  expect(lines.map((line) => cellsOf(line)[9])).toEqual(lines.map(() => `'${FORMULA}`))
  const risky = lines.flatMap(cellsOf).filter((cell) => /^\s*[=+@|\t\r-]/.test(cell))
  expect(risky).toEqual([])

  const entries: { entry: number; customer: { name: string }; hash: string; previousHash: string }[] = JSON.parse(await download(page, 'JSON'))
  expect(entries).toHaveLength(listed)
  expect(entries[0]?.customer.name).toBe(FORMULA)
  const next = new Map(entries.map((entry) => [entry.entry, entry]))
  const followed = entries.filter(({ entry }) => next.has(entry + 1))
  expect(followed.length).toBeGreaterThan(0)
  for (const { entry, hash } of followed) expect(next.get(entry + 1)?.previousHash).toBe(hash)

  await page.goto('/audit?action=audit.export')
  await expect(rows(page).first()).toContainText('audit.export')
})
