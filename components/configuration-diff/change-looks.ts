import { ArrowUpDown, Minus, Pencil, Plus, type LucideIcon } from 'lucide-react'
import type { ItemChange } from '@/lib/configuration/dto'

/** What became of an item. It says what happened, not whether that is good: no colour. */
export const CHANGE_LOOKS = {
  added: { word: 'Added', icon: Plus },
  removed: { word: 'Removed', icon: Minus },
  changed: { word: 'Changed', icon: Pencil },
  moved: { word: 'Moved', icon: ArrowUpDown },
} as const satisfies Record<ItemChange['what'], { word: string; icon: LucideIcon }>
