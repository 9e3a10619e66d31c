import { QueryClient, QueryObserver } from '@tanstack/react-query'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { LIVE_TOPICS } from '@/lib/live/dto'
import { firewallQueries } from './firewalls'
import { firmwareQueries } from './firmware'
import { factQueries } from './fleet-lists'
import { historyQueries } from './history'
import { shownBy } from './live'
import { LiveBatch } from './live-batch'
import { isNeverTold, minGapMs } from './live-gaps'
import { messagesOf, parseMessage } from './live-stream'

describe('what shows a change', () => {
  it('every topic is shown somewhere, and never by what asks a firewall', () => {
    for (const topic of LIVE_TOPICS) expect(shownBy({ topic, firewallId: null, detail: null }).length).toBeGreaterThan(0)
    for (const key of [firewallQueries.raw('f', 'x').queryKey, firewallQueries.changelog('f', '1').queryKey]) expect(isNeverTold(key)).toBe(true)
    expect(isNeverTold(firewallQueries.one('f').queryKey)).toBe(false)
  })
  it('lists of facts and charts are asked for less often, by the names that their questions have', () => {
    for (const key of [factQueries.all(), historyQueries.all(), firmwareQueries.all()]) expect(minGapMs(key)).toBeGreaterThan(minGapMs(firewallQueries.lists()))
  })
  it('a reading of one firewall is asked for alone; of all when none is named', () => {
    expect(shownBy({ topic: 'reading', firewallId: 'f', detail: 'gateways' })).toEqual([firewallQueries.reading('gateways', 'f').queryKey, ['history', 'f'], ['changes', 'f']])
    expect(shownBy({ topic: 'reading', firewallId: null, detail: null })[0]).toEqual(['firewalls', 'one'])
  })
})

describe('the stream', () => {
  const bytes = (...pieces: string[]) => new Response(pieces.join('')).body ?? new ReadableStream()
  it('is read as it comes, cut anywhere; what is cut off at the end is no event', async () => {
    const text = 'retry: 1000\n\nevent: alive\nid: 5-0-a\ndata: \n\n: a comment\n\nevent: changes\nid: 6-0-b\ndata: [{"topic":"firewall","firewallId":"f","detail":null},{"topic":"tomorrow"}]\n\nevent: alive\nid: 7'
    const whole = []
    for await (const message of messagesOf(bytes(text))) whole.push(message)
    expect(whole).toEqual([
      { event: 'alive', id: '5-0-a', changes: [] },
      { event: 'changes', id: '6-0-b', changes: [{ topic: 'firewall', firewallId: 'f', detail: null }] },
    ])
    const inPieces = []
    const pieces = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const byte of new TextEncoder().encode(text)) controller.enqueue(new Uint8Array([byte]))
        controller.close()
      },
    })
    for await (const message of messagesOf(pieces)) inPieces.push(message)
    expect(inPieces).toEqual(whole)
    expect(parseMessage('event: unknown\ndata: x')).toBeNull()
  })
})

describe('asking again', () => {
  let listeners: (() => void)[] = []
  const page = { visibilityState: 'visible', addEventListener: (_: string, listener: () => void) => void listeners.push(listener), removeEventListener: () => undefined }
  beforeEach(() => {
    vi.useFakeTimers()
    vi.stubGlobal('document', page)
    listeners = []
    page.visibilityState = 'visible'
  })
  afterEach(() => {
    vi.unstubAllGlobals()
    vi.useRealTimers()
  })

  /** A query on the page that answers after `ms`, and counts how often it was asked. */
  async function shown(ms = 10) {
    const client = new QueryClient()
    let asked = 0
    const observer = new QueryObserver(client, { queryKey: ['customers', 'list'], queryFn: () => new Promise((resolve) => setTimeout(() => resolve((asked += 1)), ms)), staleTime: Infinity })
    observer.subscribe(() => undefined)
    await vi.advanceTimersByTimeAsync(5_000)
    return { batch: new LiveBatch(client), client, asked: () => asked }
  }

  it('a change after a quiet while is shown at once, what shows something else is left alone', async () => {
    const { batch, asked } = await shown()
    batch.add([['sites']])
    await vi.advanceTimersByTimeAsync(2_000)
    expect(asked()).toBe(1)
    batch.add([['customers'], ['customers', 'list']])
    await vi.advanceTimersByTimeAsync(100)
    expect(asked()).toBe(2)
  })

  it('a change each one and a half seconds is shown at once each time', async () => {
    const { batch, asked } = await shown()
    for (let change = 1; change <= 20; change += 1) {
      batch.add([['customers']])
      await vi.advanceTimersByTimeAsync(100)
      expect(asked()).toBe(1 + change)
      await vi.advanceTimersByTimeAsync(1_400)
    }
  })

  it('500 changes a second for a minute ask at most once a second at first, and each four seconds in the end', async () => {
    const { batch, asked } = await shown()
    for (let at = 0; at < 60_000; at += 20) {
      batch.add([['customers']])
      await vi.advanceTimersByTimeAsync(20)
    }
    expect(asked()).toBeGreaterThan(10)
    expect(asked()).toBeLessThan(25)
  })

  it('a change while an answer is under way is asked for once more after it', async () => {
    const { batch, client, asked } = await shown(400)
    void client.refetchQueries()
    await vi.advanceTimersByTimeAsync(100)
    batch.add([[]])
    await vi.advanceTimersByTimeAsync(5_000)
    expect(asked()).toBe(3)
  })

  it('what has to wait keeps nothing else waiting', async () => {
    const { batch, client, asked } = await shown()
    const other = new QueryObserver(client, { queryKey: ['overview', 'read'], queryFn: () => Date.now(), staleTime: Infinity })
    other.subscribe(() => undefined)
    await vi.advanceTimersByTimeAsync(50)
    batch.add([['overview']])
    await vi.advanceTimersByTimeAsync(100)
    batch.add([['customers']])
    await vi.advanceTimersByTimeAsync(100)
    expect(asked()).toBe(2)
  })

  it('a tab that nobody looks at waits until someone does', async () => {
    const { batch, asked } = await shown()
    page.visibilityState = 'hidden'
    batch.add([[]])
    await vi.advanceTimersByTimeAsync(60_000)
    expect(asked()).toBe(1)
    page.visibilityState = 'visible'
    for (const listener of listeners) listener()
    await vi.advanceTimersByTimeAsync(100)
    expect(asked()).toBe(2)
  })
})
