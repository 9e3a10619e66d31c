import { z } from 'zod'

/** Conditions as they stand in the address, in the order they were given; lib/query-language/parse.ts reads them. Browser-safe. */
export const where = z.array(z.tuple([z.string(), z.string()])).default([]).describe('Conditions of the query language')
