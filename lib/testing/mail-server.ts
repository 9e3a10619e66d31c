// A mail server on loopback, with the behaviour that a test wants.
import type { AddressInfo } from 'node:net'
import { simpleParser, type ParsedMail } from 'mailparser'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { certificate, type TestCertificate } from '@/lib/outbound/__fixtures__/certificate'

export type MailServerWorld = { port: number; certificate: TestCertificate; mails: ParsedMail[]; logins: { user: string; password: string }[]; /** Commands that came without TLS. */ inClear: string[]; stop(): Promise<void> }
type Wanted = SMTPServerOptions & { certificate?: TestCertificate }

export const smtpError = (responseCode: number, message: string): Error => Object.assign(new Error(message), { responseCode })

export async function startMailServer({ certificate: made = certificate('mail.test'), ...options }: Wanted = {}): Promise<MailServerWorld> {
  const world = { mails: [] as ParsedMail[], logins: [] as { user: string; password: string }[], inClear: [] as string[] }
  const server = new SMTPServer({
    key: made.key,
    cert: made.cert,
    authOptional: true,
    logger: false,
    disableReverseLookup: true,
    onAuth: ({ username, password }, session, done) => {
      world.logins.push({ user: username ?? '', password: password ?? '' })
      if (!session.secure) world.inClear.push('AUTH')
      if (password === 'right') done(null, { user: username })
      else done(smtpError(535, 'Authentication failed'))
    },
    onMailFrom: (_address, session, done) => {
      if (!session.secure) world.inClear.push('MAIL FROM')
      done()
    },
    onData: (stream, _session, done) => {
      simpleParser(stream).then(
        (mail) => {
          world.mails.push(mail)
          done()
        },
        (error: Error) => done(error),
      )
    },
    ...options,
  })
  server.on('error', () => undefined)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { ...world, certificate: made, port: (server.server.address() as AddressInfo).port, stop: () => new Promise((resolve) => server.close(() => resolve())) }
}
