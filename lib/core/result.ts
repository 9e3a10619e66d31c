import type { AppError } from './errors'

/** Expected failure as a value. Used where the caller must decide; everything else throws AppError. */
export type Result<T, E = AppError> = { ok: true; value: T } | { ok: false; error: E }
export const ok = <T>(value: T): Result<T, never> => ({ ok: true, value })
export const err = <E>(error: E): Result<never, E> => ({ ok: false, error })
