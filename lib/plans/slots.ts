import 'server-only'
import type { PlanDesign } from './words'

type Span = { from: number; to: number }
export type Places = { siteId: string | null; customerId: string }

/** Who is under way when, so that no more are planned at once than the plan allows. Times in milliseconds. */
export class Slots {
  private readonly spans = new Map<string, Span[]>()

  constructor(private readonly limits: PlanDesign['concurrency']) {}

  private keysOf({ siteId, customerId }: Places): [string, number][] {
    const { perSite, perCustomer, fleet } = this.limits
    return [...(siteId === null ? [] : ([[`site ${siteId}`, perSite]] satisfies [string, number][])), [`customer ${customerId}`, perCustomer], ['fleet', fleet]]
  }

  /** The first time from `at` on at which there is room for so long; only what overlaps counts. */
  firstFree(places: Places, at: number, length: number): number {
    const keys = this.keysOf(places)
    for (let time = at; ; ) {
      let later: number | null = null
      for (const [key, limit] of keys) {
        const overlapping = (this.spans.get(key) ?? []).filter(({ from, to }) => from < time + length && to > time)
        // The one that ends first makes room; those before it are over by then.
        if (overlapping.length >= limit) later = Math.max(later ?? 0, overlapping.map(({ to }) => to).sort((a, b) => a - b)[overlapping.length - limit] ?? time)
      }
      if (later === null || later <= time) return time
      time = later
    }
  }

  take(places: Places, from: number, to: number): void {
    for (const [key] of this.keysOf(places)) {
      const spans = this.spans.get(key) ?? []
      spans.push({ from, to })
      this.spans.set(key, spans)
    }
  }
}
