import 'server-only'
import { randomBytes } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'
import { AppError } from '@/lib/core/errors'
import { isCommonPassword } from './common-passwords'

// OWASP's floor for argon2id is 19 MiB and two passes; this costs about 30 ms of one core here.
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const
const AT_ONCE_MAX = 2
const WAITING_MAX = 40

let running = 0
const waiting: (() => void)[] = []

/** At most two hashes at once and a short queue, so that a flood of sign-ins cannot starve the API. */
async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= AT_ONCE_MAX) {
    if (waiting.length >= WAITING_MAX) throw new AppError('too-many-requests', 'Too many sign-ins at this moment.', { nextStep: 'Try again in a few seconds.', retryAfterSeconds: 5 })
    await new Promise<void>((resolve) => waiting.push(resolve))
  }
  running += 1
  try {
    return await work()
  } finally {
    running -= 1
    waiting.shift()?.()
  }
}

export const hashPassword = (password: string): Promise<string> => inTurn(() => hash(password.normalize('NFKC'), COST))

/** A hash of nobody's password at the same cost, made of random bytes: what accounts without a password are compared with. */
const NOBODY = `$argon2id$v=19$m=${COST.memoryCost},t=${COST.timeCost},p=${COST.parallelism}$${[16, 32].map((bytes) => randomBytes(bytes).toString('base64').replaceAll('=', '')).join('$')}`

/** Accounts that do not exist or have no password (hash null) cost the same one comparison and get the same answer. */
export async function passwordMatches(passwordHash: string | null, password: string): Promise<boolean> {
  const matches = await inTurn(() => verify(passwordHash ?? NOBODY, password.normalize('NFKC')))
  return matches && passwordHash !== null
}

/** Throws invalid-input naming `password` when it is among the common ones or made of the person's own name. */
export function refuseCommonPassword(password: string, about: { email: string; name: string }): void {
  if (!isCommonPassword(password, [about.email, about.name])) return
  throw new AppError('invalid-input', 'This password is too easy to guess.', {
    issues: [{ field: 'password', message: 'Too easy to guess: it is on the list of common passwords, repeats itself or is made of your name. Take a few unrelated words.' }],
  })
}
