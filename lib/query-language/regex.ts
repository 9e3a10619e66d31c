// Regular expressions in RE2 syntax, which take time in proportion to the text whatever the expression is.
import { RE2JS } from 're2js'
import { AppError } from '@/lib/core/errors'
import type { Condition } from './condition'

/** Rows that a regular expression is tried on; what lies beyond is said to be left out. */
export const REGEX_CANDIDATES_MAX = 20_000
/** Time that the trying may take; what is left then is left out as well. */
export const REGEX_MILLISECONDS_MAX = 1_500
/** Of a text only so many letters are looked at. */
const TEXT_LETTERS_MAX = 20_000

/** Tries the values of one row: one value for each condition with a regular expression, in their order. */
export type RegexTest = { conditions: readonly Condition[]; matches: (values: readonly unknown[]) => boolean }

const textsOf = (value: unknown): string[] => (typeof value === 'string' ? [value] : Array.isArray(value) ? value.flatMap(textsOf) : [])

function compile({ name, test }: Condition): ((text: string) => boolean)[] {
  if (test.filter !== 'regex') return []
  try {
    const expression = RE2JS.compile(test.pattern)
    return [(text) => expression.test(text.slice(0, TEXT_LETTERS_MAX))]
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.replace(/^error parsing regexp: /, '') : ''
    const message = `This is not an RE2 expression: ${reason.slice(0, 120)}.`
    throw new AppError('invalid-input', 'Some of this cannot be used.', { issues: [{ field: name, message }], nextStep: `Correct the field ${name}: ${message}` }, { cause })
  }
}

/** The regular expressions of a question, ready to be tried; null when it has none. Throws invalid-input that names the field. */
export function regexTest(conditions: readonly Condition[]): RegexTest | null {
  const own = conditions.filter(({ test }) => test.filter === 'regex')
  if (own.length === 0) return null
  const tests = own.flatMap(compile)
  return { conditions: own, matches: (values) => tests.every((test, place) => textsOf(values[place]).some(test)) }
}
