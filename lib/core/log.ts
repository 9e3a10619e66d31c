import pino from 'pino'
import { environment } from './env'

let logger: pino.Logger | undefined

/** Static message and fields; never a body, never a credential. Secrets print as [secret] by their type. */
export const log = (): pino.Logger =>
  (logger ??= pino({
    level: environment().LOG_LEVEL,
    redact: { paths: ['*.password', '*.secret', '*.key', '*.token', '*.authorization', '*.cookie', 'headers'], censor: '[secret]' },
  }))
