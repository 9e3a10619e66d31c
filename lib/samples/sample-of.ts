import { createHash } from 'node:crypto'
import type { Readings } from '@/lib/adapters/model'

/** What one visit measured. Values are percent, milliseconds or a number of states; counters are bytes since an unknown start. */
export type Sample = {
  /** Derived from the names, so that the same names are the same layout; as text, because it has 64 bits. */
  layout: string
  /** One for each value, then one for each counter, whose values are rates in bit/s. */
  names: string[]
  values: (number | null)[]
  counterNames: string[]
  counters: number[]
}

/** A hostile firewall may list any number of gateways and interfaces with names of any length. */
const SUBJECTS_MAX = 64
const NAME_LENGTH_MAX = 100

const subject = (name: string): string => name.slice(0, NAME_LENGTH_MAX).toWellFormed()
const layoutOf = (names: readonly string[]): string => createHash('sha256').update(JSON.stringify(names)).digest().readBigInt64BE().toString()
const finite = (value: number | null): number | null => (value === null || !Number.isFinite(value) || Math.abs(value) > 1e30 ? null : value)

/** The first of each name, so that a layout has each place once. */
function unique<T>(items: readonly T[], nameOf: (item: T) => string): { name: string; item: T }[] {
  const byName = new Map<string, T>()
  for (const item of items.slice(0, SUBJECTS_MAX)) if (!byName.has(subject(nameOf(item)))) byName.set(subject(nameOf(item)), item)
  return [...byName].map(([name, item]) => ({ name, item })).sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** The measured values of a visit: `answer` (the round trip to the firewall itself, when it is known), `cpu`, `memory`, `disk`, `states`, `latency/GATEWAY`, `loss/GATEWAY`, `jitter/GATEWAY`, `received/INTERFACE`, `sent/INTERFACE`; null without any. */
export function sampleOf({ status, gateways, interfaces }: Partial<Readings>, answerMs: number | null = null): Sample | null {
  const values: [string, number | null][] = answerMs === null ? [] : [['answer', answerMs]]
  if (status) values.push(['cpu', status.cpuPercent], ['memory', status.memoryPercent], ['disk', status.diskPercent], ['states', status.statesCurrent])
  for (const { name, item } of unique(gateways?.items ?? [], (gateway) => gateway.name)) values.push([`latency/${name}`, item.latencyMs], [`loss/${name}`, item.lossPercent], [`jitter/${name}`, item.jitterMs])
  const counters: [string, number][] = []
  for (const { name, item } of unique(interfaces?.items ?? [], ({ id }) => id)) {
    const [received, sent] = [finite(item.receivedBytes), finite(item.sentBytes)]
    if (received !== null && sent !== null) counters.push([`received/${name}`, received], [`sent/${name}`, sent])
  }
  if (counters.length === 0 && values.every(([, value]) => value === null)) return null
  const counterNames = counters.map(([name]) => name)
  const names = [...values.map(([name]) => name), ...counterNames]
  return { layout: layoutOf(names), names, values: values.map(([, value]) => finite(value)), counterNames, counters: counters.map(([, counter]) => counter) }
}
