import 'server-only'
import { z } from 'zod'
import { AppError } from '@/lib/core/errors'
import type { Prisma } from './generated/client'
import { onOneConnection } from './statements'

/** A question that takes longer is ended, so that nobody's question costs the others their answers. */
export const READ_MILLISECONDS_MAX = 5_000
const ended = z.object({ code: z.literal('57014') })

export type Run = <Row>(statement: Prisma.Sql) => Promise<Row[]>

/**
 * Runs the statements of one answer on one connection, from one snapshot, and ends what takes over `milliseconds`
 * (5 s) with query-too-broad. Compiling a plan to machine code takes longer than these statements do, so that is off.
 */
export function boundedRead<T>(work: (run: Run) => Promise<T>, milliseconds = READ_MILLISECONDS_MAX): Promise<T> {
  return onOneConnection(async (client) => {
    await client.query(`BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL statement_timeout = ${milliseconds}; SET LOCAL jit = off`)
    const value = await work(async <Row>(statement: Prisma.Sql) => (await client.query<Row & object>(statement.text, statement.values)).rows)
    await client.query('COMMIT')
    return value
  }).catch((error: unknown) => {
    if (!ended.safeParse(error).success) throw error
    throw new AppError('query-too-broad', 'This question took too long and was ended.', { nextStep: 'Add a condition that says more, for example customer__name=… or an exact value.' }, { cause: error })
  })
}
