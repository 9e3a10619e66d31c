// What a question is made of, once it was read. Browser-safe.
import type { Field, FieldType } from './fields'
import type { FormatName } from './formats'

export const PART_FILTERS = ['startswith', 'endswith', 'contains'] as const
export const ORDER_FILTERS = ['lt', 'lte', 'gt', 'gte'] as const
export const FILTERS = ['exact', 'in', 'except', ...PART_FILTERS, ...ORDER_FILTERS, 'format', 'regex'] as const
export type Filter = (typeof FILTERS)[number]
export type PartFilter = (typeof PART_FILTERS)[number]
export type OrderFilter = (typeof ORDER_FILTERS)[number]

export const FILTERS_OF: Record<FieldType, readonly Filter[]> = {
  text: FILTERS,
  texts: FILTERS,
  address: FILTERS,
  word: ['exact', 'in', 'except', ...PART_FILTERS, 'regex'],
  number: ['exact', 'in', 'except', ...ORDER_FILTERS],
  instant: ['exact', 'in', 'except', ...ORDER_FILTERS],
  boolean: ['exact', 'in', 'except'],
  id: ['exact', 'in', 'except'],
}

/** `exact` is `in` with one value. `except` is true of what a field does not have, a missing one included. */
export type Test =
  | { filter: 'in'; values: readonly string[] }
  | { filter: 'except'; values: readonly string[] }
  | { filter: PartFilter; value: string }
  | { filter: OrderFilter; value: string }
  | { filter: 'format'; format: FormatName }
  | { filter: 'regex'; pattern: string; literals: RegexLiterals }

/** Texts of which each match holds one, or null when nothing of three letters is certain. */
export type RegexLiterals = { oneOf: readonly string[] | null; caseMatters: boolean }

/** One condition: all of a question must hold. `name` is as it was asked, for messages. */
export type Condition = { name: string; field: Field; test: Test }

export const isOrder = (test: Test): test is Extract<Test, { filter: OrderFilter }> => ORDER_FILTERS.some((filter) => filter === test.filter)
