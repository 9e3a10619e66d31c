'use client'
import { signIn } from 'next-auth/react'

/** Why a sign-in or a proof was refused, and what to do. */
export type Refusal = { title: string; next: string }

const BROKEN: Refusal = { title: 'That did not work.', next: 'Palisade may be starting. Try again in a moment.' }
const ENDED: Refusal = { title: 'Your session has ended.', next: 'Load the page again and sign in.' }
const LIMITED: Refusal = { title: 'Too many tries.', next: 'Wait up to 15 minutes, then try again.' }

async function ask(provider: string, fields: Record<string, string>, refusals: Readonly<Record<string, Refusal>>): Promise<Refusal | null> {
  try {
    const result = await signIn(provider, { ...fields, redirect: false })
    if (result?.ok === true && !result.error) return null
    return refusals[result?.error ?? ''] ?? BROKEN
  } catch {
    return BROKEN
  }
}

/** One answer for every wrong account or password alike. */
const WRONG_ACCOUNT: Refusal = { title: 'This e-mail address and password do not belong together.', next: 'Check both and try again.' }
const WRONG_CODE: Refusal = {
  title: 'This code is not right.',
  next: 'Each code works once and for about a minute. If the next one is refused too, set the clock of your phone to automatic.',
}
const WRONG_RECOVERY_CODE: Refusal = {
  title: 'This recovery code is not right.',
  next: 'Each works once. Check it for mistyped letters, or take the next one.',
}
const WRONG_PASSWORD: Refusal = { title: 'This is not your password.', next: 'Check it and try again.' }

/** Null when it was right; then this browser has a session. */
export const signInWithPassword = (email: string, password: string): Promise<Refusal | null> =>
  ask('credentials', { email, password }, { CredentialsSignin: WRONG_ACCOUNT, unauthenticated: WRONG_ACCOUNT, 'too-many-requests': LIMITED })

const proveWith = (fields: Record<string, string>, wrong: Refusal): Promise<Refusal | null> =>
  ask('second-factor', fields, { CredentialsSignin: wrong, unauthenticated: ENDED, 'too-many-requests': LIMITED })

/** Proves who sits there; null when it was right. The session gets another id with it. */
export const proveWithCode = (code: string): Promise<Refusal | null> => proveWith({ code }, WRONG_CODE)
export const proveWithRecoveryCode = (code: string): Promise<Refusal | null> => proveWith({ code }, WRONG_RECOVERY_CODE)
export const proveWithPassword = (password: string): Promise<Refusal | null> => proveWith({ password }, WRONG_PASSWORD)
