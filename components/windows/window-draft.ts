// What stands in the form of a window, held against what is stored. Pure, so that it can be tested.
import { ownTimeZone } from '@/lib/format/dates'
import type { BlackoutDto, WindowDto } from '@/lib/windows/dto'

export type WindowDraft = Pick<WindowDto, 'name' | 'timeZone' | 'weekdays' | 'dates' | 'earliestStart' | 'latestStart' | 'hardEnd' | 'enabled'> & { customerId: string | null; siteId: string | null }

export const newDraft = (customerId: string | null): WindowDraft => ({ name: '', timeZone: ownTimeZone(), weekdays: [2], dates: [], earliestStart: '02:00', latestStart: '03:30', hardEnd: '05:00', enabled: true, customerId, siteId: null })

/** In one order of fields, so that two can be compared. */
export const draftOf = ({ name, timeZone, weekdays, dates, earliestStart, latestStart, hardEnd, enabled, customer, site }: WindowDto): WindowDraft => ({ name, timeZone, weekdays, dates, earliestStart, latestStart, hardEnd, enabled, customerId: customer.id, siteId: site?.id ?? null })

export const sameDraft = (one: WindowDraft, other: WindowDraft): boolean => JSON.stringify(one) === JSON.stringify(other)

/** The stored window that a draft began from. */
export type Begun = { etag: string | null; draft: WindowDraft }

/**
 * What becomes of a draft when another version is stored: `tag` takes its tag alone, `follow` takes all of it because nothing
 * that was typed is lost, `conflict` is for a person to decide. Null: it is the version that the draft began from.
 */
export function meetStored(begun: Begun, draft: WindowDraft, stored: WindowDto): 'tag' | 'follow' | 'conflict' | null {
  if (stored.etag === begun.etag) return null
  const theirs = draftOf(stored)
  if (sameDraft(theirs, begun.draft)) return 'tag'
  return sameDraft(draft, begun.draft) || sameDraft(draft, theirs) ? 'follow' : 'conflict'
}

/** Blackouts that hold for all of the place of a window. */
export const holdingFor = ({ customerId, siteId }: Pick<WindowDraft, 'customerId' | 'siteId'>, blackouts: readonly BlackoutDto[]): BlackoutDto[] =>
  blackouts.filter(({ customer, site }) => (customer === null || customer.id === customerId) && (site === null || site.id === siteId))
