import { PASSWORD_LENGTH_MIN } from '@/lib/auth/input'

const DISTINCT_MIN = 6
const LONG = 24
/** Shorter parts of a name stand in many words. */
const NAME_PART_MIN = 4

export type PasswordSentence = { text: string; tone: 'plain' | 'warn' | 'good' }

/** Words of somebody's name and address that a guesser tries first. */
const personalParts = (about: readonly string[]): string[] =>
  about.flatMap((text) => text.toLowerCase().split(/[^\p{L}\p{N}]+/u)).filter((part) => part.length >= NAME_PART_MIN)

/** How good a new password is, while it is typed. The server has the last word: it also knows the common ones. */
export function passwordSentence(password: string, about: readonly string[] = []): PasswordSentence {
  const length = [...password].length
  if (length === 0) return { tone: 'plain', text: `At least ${PASSWORD_LENGTH_MIN} characters; a few words in a row are good.` }
  if (password.length < PASSWORD_LENGTH_MIN) return { tone: 'plain', text: `${PASSWORD_LENGTH_MIN - password.length} more; a few words in a row are good.` }
  if (new Set(password.toLowerCase()).size < DISTINCT_MIN) return { tone: 'warn', text: 'Easy to guess: it repeats itself.' }
  const small = password.toLowerCase()
  if (personalParts(about).some((part) => small.includes(part))) return { tone: 'warn', text: 'Easier to guess: your own name or address is in it.' }
  if (length >= LONG) return { tone: 'good', text: 'Hard to guess, as long as you use it nowhere else.' }
  return { tone: 'good', text: 'Long enough. One more word makes it much harder to guess.' }
}
