import { AppError } from '@/lib/core/errors'
import type { Condition } from './condition'
import { LITERALS_MIN } from './regex-literals'

const long = (text: string) => Array.from(text).length >= LITERALS_MIN

/** Finds nearly everything: an index of parts of texts knows no fewer than three letters. */
function isBroad({ test }: Condition): boolean {
  if (test.filter === 'contains' || test.filter === 'endswith') return !long(test.value)
  return test.filter === 'regex' && test.literals.oneOf === null
}

/** Whether an index finds the rows of a condition without looking at all others. */
function isServed({ field, test }: Condition): boolean {
  const isColumn = 'column' in field.at
  switch (test.filter) {
    case 'in':
      return isColumn || field.type !== 'instant'
    case 'startswith':
      return field.type === 'word' || (field.parts && test.value !== '')
    case 'endswith':
    case 'contains':
      return field.type === 'word' || (field.parts && long(test.value))
    case 'regex':
      return field.parts && test.literals.oneOf !== null
    case 'lt':
    case 'lte':
    case 'gt':
    case 'gte':
      return field.ranges
    case 'except':
    case 'format':
      return false
  }
}

/** Throws query-too-broad, naming the condition, when one that finds nearly everything has no other beside it that an index serves. */
export function requireNarrow(conditions: readonly Condition[]): void {
  const broad = conditions.find(isBroad)
  if (!broad || conditions.some((condition) => !isBroad(condition) && isServed(condition))) return
  throw new AppError('query-too-broad', 'This question would look at nearly everything.', {
    issues: [{ field: broad.name, message: `At least ${LITERALS_MIN} letters in a row, or a second condition.` }],
    nextStep: `Ask ${broad.name} for at least ${LITERALS_MIN} letters in a row, or add a condition that says more, for example customer__name=… or an exact value.`,
  })
}
