// What the filter bar needs of the query language, in one part that is fetched when someone reaches for the field or a
// condition has to be looked over: pages are not larger for it.
import { checkConditions } from './check-conditions'
import { readPasted, readTyped } from './read-typed'
import { suggest, valuesWanted } from './suggest'

export const language = { checkConditions, readPasted, readTyped, suggest, valuesWanted }
export type Language = typeof language
