// What an operator may choose about how pages look, by name. Browser-safe.
import { z } from 'zod'

const columnNames = z.array(z.string().regex(/^[a-z-]{1,30}$/, 'Not a column.')).max(40, 'At most 40 columns.')
/** A closed list: each name with the values that it takes. */
export const CHOICES = {
  /** Columns of the fleet table, in their order. */
  'fleet-columns': columnNames,
  /** Height of its rows in pixels. */
  density: z.union([z.literal(32), z.literal(40)]),
} as const
export type ChoiceName = keyof typeof CHOICES
export const CHOICE_NAMES = ['fleet-columns', 'density'] as const satisfies readonly ChoiceName[]

/** What was never chosen is not there. */
export const choicesDto = z.object({ 'fleet-columns': CHOICES['fleet-columns'].optional(), density: CHOICES.density.optional() })
export type ChoicesDto = z.infer<typeof choicesDto>

/** Null takes a choice back. */
export const saveChoiceInput = z.discriminatedUnion('name', [
  z.strictObject({ name: z.literal('fleet-columns'), value: CHOICES['fleet-columns'].nullable() }),
  z.strictObject({ name: z.literal('density'), value: CHOICES.density.nullable() }),
])
export type SaveChoice = z.output<typeof saveChoiceInput>
export const anyChoiceInput = z.strictObject({ name: z.enum(CHOICE_NAMES), value: z.unknown() })
