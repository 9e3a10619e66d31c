// Reads every page and every reading of the API as the owner does, and every file that can be taken away.
import { z } from 'zod'
import { allPages } from '../all-pages'
import { withHash } from '../raw-request'
import type { Recorder } from '../recorder'
import type { Planting } from './plant'

const document = z.object({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) })
const raw = z.object({ items: z.array(z.object({ id: z.string() })) })

export async function readPages(owner: Recorder, { firewalls, customer, operator, enrolment }: Planting['ids']): Promise<number> {
  const pages = firewalls.flatMap((id, at) => allPages({ firewalls: id, operators: operator, import: enrolment, reports: customer }).filter(({ path }) => at === 0 || path.includes(id)))
  for (const { path } of pages) {
    await owner.send('GET', path)
    const payload = { headers: { RSC: '1' } }
    const hashed = withHash((await owner.send('GET', path, payload, `RSC ${path}`)).headers['location'])
    if (hashed !== null) await owner.send('GET', hashed, payload, `RSC ${hashed}`)
  }
  return pages.length
}

/** Every GET of the document, for each firewall, stored and asked now; raw replies one by one. */
export async function readApi(owner: Recorder, { firewalls, customer, site, operator, token, enrolment, channels }: Planting['ids']): Promise<void> {
  const ids: Record<string, string[]> = { firewalls, customers: [customer], sites: [site], operators: [operator], tokens: [token], enrolments: [enrolment], channels }
  const { paths } = document.parse(await owner.api('GET', '/openapi.json'))
  for (const [path, methods] of Object.entries(paths)) {
    // The stream of changes has no end; it carries topics and ids alone (lib/live/live.test.ts).
    if (!('get' in methods) || path === '/events') continue
    for (const id of path.includes('{id}') ? (ids[path.split('/')[1] ?? ''] ?? []) : ['']) {
      const at = `/api/v1${path.replace('{id}', id).replace('{customerId}', customer)}`
      await owner.send('GET', at)
      if (path.startsWith('/firewalls/{id}/')) await owner.send('GET', `${at}?fresh=true`)
      if (path.endsWith('/changelog')) await owner.send('GET', `${at}?version=26.7`)
      // What going back would change holds pieces of two configurations.
      if (path.endsWith('/history-entries')) for (const item of raw.safeParse(await owner.api('GET', at.slice(7)).catch(() => null)).data?.items.slice(0, 3) ?? []) await owner.send('GET', `${at}/${item.id}`)
      if (path === '/firewalls/{id}/raw') for (const item of raw.parse(await owner.api('GET', at.slice(7))).items) await owner.send('GET', `${at}?read=${item.id}`)
    }
  }
  await owner.send('GET', `/api/v1/tokens?operatorId=${operator}`)
  for (const format of ['csv', 'json', 'chain']) await owner.send('GET', `/api/v1/audit/export?format=${format}`, {}, `export ${format}`)
}
