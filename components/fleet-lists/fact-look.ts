import type { ReactNode } from 'react'
import type { Column } from '@/components/ui/columns'
import type { FactItems, FactListName } from '@/lib/queries/fleet-lists'

/** What the page of a list needs to know about its kind. */
export type FactLook<L extends FactListName> = {
  list: L
  one: string
  many: string
  /** Read aloud. */
  caption: string
  /** Tells an item from others on its firewall. */
  keyOf: (item: FactItems[L]) => string
  /** Between the column of the firewall and those of times. */
  columns: readonly Column<FactItems[L]>[]
  /** First line of a card, and second, before the place. */
  card: (item: FactItems[L]) => { first: ReactNode; second: ReactNode }
  /** As a line of text, for who copies. */
  line: (item: FactItems[L]) => string
  /** Where it stands on the page of its firewall. */
  pageOf: (item: FactItems[L]) => string
}

export const words = (...parts: readonly (string | null | undefined)[]): string =>
  parts.filter((part) => part !== null && part !== undefined && part !== '').join(' ')
