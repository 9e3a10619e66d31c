import type { ChangeCounts, ItemChange } from './dto'
import type { TreeSection } from './tree'

/** What differs between two sections of one name, item by item; `null` stands for a section that is not there. Pure. */
export declare function compareSections(before: TreeSection | null, after: TreeSection | null): ItemChange[]

/** What differs between two configurations; what never counts is left out. Pure. */
export declare function compareTrees(before: readonly TreeSection[], after: readonly TreeSection[]): { counts: ChangeCounts; changes: ItemChange[] }
