import 'server-only'
import { randomUUID } from 'node:crypto'
import { firewallError } from '@/lib/core/errors'
import { log } from '@/lib/core/log'
import { giveLeaseBack, makeLeases, renewLeases, takeLease } from '@/lib/db/sql'
import type { Gate } from '@/lib/outbound/limits'

// Limits per origin over all processes: two reads, one write, one authentication; and one token renewal, test and visit at a time.
const SLOTS = { visit: ['visit'], read: ['read-1', 'read-2'], write: ['write'], authentication: ['authentication'], token: ['token'], test: ['test'] } as const
export type LeaseName = keyof typeof SLOTS

// A killed process gives its slots back within this time; a living one renews them.
const LEASE_SECONDS = 15
const RENEW_EVERY_MS = 5_000
const WAIT_MS = [4, 8, 15, 25, 40] as const
const WAIT_TOTAL_MS = 60_000

type ProcessState = { id: string; count: number; held: Set<string>; queues: Map<string, Promise<void>[]>; made: Set<string>; renewal: NodeJS.Timeout | null }
const shared: typeof globalThis & { palisadeGate?: ProcessState } = globalThis
const state = (): ProcessState => (shared.palisadeGate ??= { id: randomUUID(), count: 0, held: new Set(), queues: new Map(), made: new Set(), renewal: null })

function keepRenewing(): void {
  const process = state()
  process.renewal ??= setInterval(() => {
    if (process.held.size > 0) renewLeases([...process.held], LEASE_SECONDS).catch(() => log().warn('leases could not be renewed'))
  }, RENEW_EVERY_MS).unref()
}

const pause = (ms: number, signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    const done = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal.addEventListener('abort', done, { once: true })
  })

async function take(origin: string, lease: LeaseName, holder: string, signal: AbortSignal): Promise<string> {
  const process = state()
  if (!process.made.has(origin)) {
    await makeLeases(origin, Object.values(SLOTS).flat())
    process.made.add(origin)
  }
  const startedAt = performance.now()
  for (let attempt = 0; ; attempt += 1) {
    const slot = await takeLease(origin, SLOTS[lease], holder, LEASE_SECONDS)
    if (slot !== null) return slot
    if (signal.aborted || performance.now() - startedAt > WAIT_TOTAL_MS) throw firewallError('firewall-busy')
    // Jitter, so that waiting processes do not ask in step.
    await pause((WAIT_MS[Math.min(attempt, WAIT_MS.length - 1)] ?? 40) * (0.5 + Math.random()), signal)
  }
}

/** First come, first served within the process: only as many callers ask the database as there are slots. */
async function inTurn<T>(key: string, places: number, act: () => Promise<T>): Promise<T> {
  const { queues } = state()
  const queue = queues.get(key) ?? []
  queues.set(key, queue)
  const before = queue.length >= places ? queue[queue.length - places] : undefined
  let leave: () => void = () => undefined
  const mine = new Promise<void>((resolve) => (leave = resolve))
  queue.push(mine)
  try {
    await before
    return await act()
  } finally {
    leave()
    void queue.splice(queue.indexOf(mine), 1)
    if (queue.length === 0) queues.delete(key)
  }
}

type Slot = { slot: string; holder: string }

async function takeSlot(origin: string, lease: LeaseName, signal: AbortSignal): Promise<Slot> {
  keepRenewing()
  const process = state()
  const holder = `${process.id}:${(process.count += 1)}`
  const slot = await take(origin, lease, holder, signal)
  process.held.add(holder)
  return { slot, holder }
}

async function giveBack(origin: string, { slot, holder }: Slot): Promise<void> {
  state().held.delete(holder)
  await giveLeaseBack(origin, slot, holder)
}

/** Runs `act` while holding a slot of the origin. Throws firewall-busy when none becomes free in 60 s or the caller leaves. */
export async function holdLease<T>(origin: string, lease: LeaseName, signal: AbortSignal, act: () => Promise<T>): Promise<T> {
  return inTurn(`${origin} ${lease}`, SLOTS[lease].length, async () => {
    const slot = await takeSlot(origin, lease, signal)
    try {
      return await act()
    } finally {
      await giveBack(origin, slot)
    }
  })
}

/** A reading is often several requests: the slot is kept between them, and given back this long after the last. */
const KEPT_MS = 15

/**
 * The gate of one origin for one reading or visit, for the outbound module. A read slot that becomes free serves the next
 * request of the same reading without asking the database again; others wait at most KEPT_MS longer for it.
 */
export function databaseGate(origin: string): Gate {
  const kept: { slot: Slot; timer: NodeJS.Timeout }[] = []
  const keep = (slot: Slot) => {
    const timer = setTimeout(() => {
      kept.splice(kept.findIndex((one) => one.slot === slot), 1)
      giveBack(origin, slot).catch(() => log().warn('a lease could not be given back; it ends by itself'))
    }, KEPT_MS)
    kept.push({ slot, timer })
  }
  return {
    hold: (lease, signal, act) => {
      if (lease !== 'read') return holdLease(origin, lease, signal, act)
      return inTurn(`${origin} read`, SLOTS.read.length, async () => {
        const reused = kept.shift()
        clearTimeout(reused?.timer)
        const slot = reused?.slot ?? (await takeSlot(origin, lease, signal))
        try {
          return await act()
        } finally {
          keep(slot)
        }
      })
    },
  }
}

/** The gate of a visit, which holds a read slot from its beginning to its end: one request at a time, and no question to the database for each. */
export function visitGate(origin: string): Gate {
  let last: Promise<unknown> = Promise.resolve()
  return {
    hold: (lease, signal, act) => {
      if (lease !== 'read') return holdLease(origin, lease, signal, act)
      const turn = last.then(act)
      last = turn.catch(() => undefined)
      return turn
    },
  }
}

/** Every slot that an origin has. */
export const allSlots = (): string[] => Object.values(SLOTS).flat()
