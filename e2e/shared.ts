// What the set-up hands to the test files, which run in processes of their own.
import { z } from 'zod'

const VARIABLE = 'PALISADE_E2E'

const cookie = z.object({
  name: z.string(),
  value: z.string(),
  domain: z.string(),
  path: z.string(),
  expires: z.number(),
  httpOnly: z.boolean(),
  secure: z.boolean(),
  sameSite: z.enum(['Strict', 'Lax', 'None']),
})
const schema = z.object({
  url: z.string(),
  /** Where its embedded database is, for what no API makes: the past. */
  dataDir: z.string(),
  /** Control server of the simulated fleet. */
  controlUrl: z.string(),
  owner: z.object({ email: z.string(), password: z.string() }),
  /** Bearer token of the owner. */
  token: z.string(),
  /** The browser state of the owner's session. */
  signedIn: z.object({ cookies: z.array(cookie), origins: z.array(z.never()) }),
})
export type Shared = z.infer<typeof schema>

export const share = (values: Shared): void => void (process.env[VARIABLE] = JSON.stringify(values))
export const shared = (): Shared => schema.parse(JSON.parse(process.env[VARIABLE] ?? 'null'))
