// Configurations are read one after the other: who waits loses nothing by it, and who gives up hears so at once.
import { expect, it } from 'vitest'
import { MARK_KEY } from '@/lib/testing/configurations'
import { parseConfiguration } from './parse-on-thread'

const read = (elements: number, signal: AbortSignal) => {
  const bytes = new TextEncoder().encode(`<pfsense><system><hostname>fw</hostname>${'<a/>'.repeat(elements)}</system></pfsense>`)
  return parseConfiguration(bytes, { family: 'pfsense-v2', format: 'xml', markKey: MARK_KEY, signal })
}
const unlimited = new AbortController().signal

it('one whose time runs out before its turn is told at once and takes no turn; the others are read', async () => {
  let isRead = false
  const first = read(400_000, unlimited).then(() => (isRead = true))
  const second = read(1, AbortSignal.timeout(1))
  const third = read(1, unlimited)
  await expect(second).rejects.toMatchObject({ code: 'unavailable', message: expect.stringMatching(/^[A-Z].+\.$/) as unknown, nextStep: expect.any(String) as unknown })
  expect(isRead).toBe(false)
  expect(await third).toMatchObject({ itemCount: 1 })
  expect(isRead).toBe(true)
  await first
}, 120_000)
