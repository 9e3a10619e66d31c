import type { z } from 'zod'
import type { Gap } from '@/lib/adapters/model'
import { AppError } from '@/lib/core/errors'
import type { Session } from './call'
import type { Endpoint } from './read-endpoints'
import { gridOf } from './replies'

/** A part of a reading: its value, or why it is missing. `isAbsent`: the firewall has no such endpoint (404). */
export type Part<T> = { value: T; gap: null } | { value: null; gap: Gap; error: AppError; isAbsent: boolean }
/** Told about every part that was not readable, so that a credential test can name the privilege. */
export type ReportMiss = (part: string, error: AppError) => void

/**
 * A part that may fail without the rest: a missing privilege, an endpoint that is not there or a reply that is not
 * understood becomes a gap. Everything else (no answer, rejected credential, changed certificate) ends the reading.
 */
export async function part<T>(name: string, read: Promise<T>, report: ReportMiss = () => undefined): Promise<Part<T>> {
  try {
    return { value: await read, gap: null }
  } catch (error) {
    if (!(error instanceof AppError) || !isGap(error.code)) throw error
    report(name, error)
    return { value: null, gap: { part: name, reason: error.message }, error, isAbsent: error.code === 'firewall-not-reported' }
  }
}

const isGap = (code: AppError['code']): boolean =>
  code === 'firewall-privilege-missing' || code === 'firewall-not-reported' || code === 'firewall-reply-not-understood'

export const gapsOf = (parts: readonly Part<unknown>[]): Gap[] => parts.flatMap((entry) => entry.gap ?? [])

/** Throws the first error when nothing at all was readable, so that a page never shows "none" for "not allowed". */
export function demandOne(parts: readonly Part<unknown>[]): void {
  const first = parts.find((entry) => entry.gap !== null && !entry.isAbsent)
  if (first?.gap && parts.every((entry) => entry.gap !== null)) throw first.error
}

/** Runs `act` for each item, two at a time: the contract's limit per firewall (section 13, item 19). Keeps the order. */
export async function inPairs<T, R>(items: readonly T[], act: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = []
  for (let at = 0; at < items.length; at += 2) results.push(...(await Promise.all(items.slice(at, at + 2).map(act))))
  return results
}

/**
 * All rows of a search endpoint. A GET answers everything up to 9,999 rows; only a POST may ask for more (section 1.5).
 */
export async function askRows<Row extends z.ZodType>(session: Session, endpoint: Endpoint, row: Row, signal: AbortSignal): Promise<z.infer<Row>[]> {
  const reply = gridOf(row)
  const first = await session.ask({ endpoint, reply, signal })
  if (first.total === null || first.total <= first.rows.length) return first.rows
  const all = await session.ask({ endpoint, reply, signal, body: ALL_ROWS })
  return all.rows
}

export const ALL_ROWS = { current: 1, rowCount: -1 } as const
