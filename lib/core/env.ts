import { z } from 'zod'

const port = z.coerce.number().int().min(1).max(65_535)
const blankIsAbsent = (value: unknown) => (value === '' ? undefined : value)
const optional = <T extends z.ZodType>(schema: T) => z.preprocess(blankIsAbsent, schema.optional())

const schema = z.object({
  PORT: z.preprocess(blankIsAbsent, port.default(3000)),
  HOST: z.preprocess(blankIsAbsent, z.string().default('127.0.0.1')),
  PALISADE_URL: optional(z.url({ protocol: /^https?$/ })),
  PALISADE_TRUSTED_PROXIES: z.preprocess(blankIsAbsent, z.string().default('')),
  PALISADE_DATA_DIR: z.preprocess(blankIsAbsent, z.string().default('.data')),
  DATABASE_URL: optional(z.url({ protocol: /^postgres(ql)?$/ })),
  PALISADE_MASTER_KEY_FILE: optional(z.string()),
  PALISADE_MASTER_KEY_COMMAND: optional(z.string()),
  PALISADE_ADMIN_EMAIL: optional(z.string()),
  PALISADE_ADMIN_PASSWORD: optional(z.string()),
  PALISADE_ALLOWED_NETWORKS: z.preprocess(blankIsAbsent, z.string().default('')),
  PALISADE_ROLE: z.preprocess(blankIsAbsent, z.enum(['all', 'web', 'worker']).default('all')),
  PALISADE_WORKERS: z.preprocess(blankIsAbsent, z.coerce.number().int().min(0).max(64).default(1)),
  LOG_LEVEL: z.preprocess(blankIsAbsent, z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info')),
})
export type Environment = z.infer<typeof schema>

let read: Environment | undefined

/**
 * The only reader of process.env on the TypeScript side. It reads at the first call, because a build imports every route
 * without an environment. A bad value throws with its name.
 */
export function environment(): Environment {
  if (read) return read
  const parsed = schema.safeParse(process.env)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    throw new Error(`The environment variable ${issue?.path.join('.') ?? ''} is not usable: ${issue?.message ?? ''}.`)
  }
  read = parsed.data
  return read
}

/** The address people open; also the origin that unsafe requests must come from. */
export const publicUrl = (): URL => new URL(environment().PALISADE_URL ?? `http://localhost:${environment().PORT}`)

/** The database, or an error that says what is missing. */
export function databaseUrl(): string {
  const url = environment().DATABASE_URL
  if (!url) throw new Error('DATABASE_URL is not set. Start Palisade with npm start, which sets it.')
  return url
}

/** next-auth reads its own address from the environment only; it is derived here, so that no NEXTAUTH_* is ever needed. */
export function exportAuthUrl(): void {
  process.env.NEXTAUTH_URL = publicUrl().origin
}

/** For tests, which change the environment between two installations in one process. */
export function forgetEnvironment(): void {
  read = undefined
}
