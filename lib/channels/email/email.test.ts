// E-mail to a real SMTP server: nothing is said to one that does not prove itself, and each notice is one mail.
import net from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { aChannel, deliverAt, deliverUntil, notice, tellAll } from '@/lib/testing/channel-world'
import { smtpError, startMailServer, type MailServerWorld } from '@/lib/testing/mail-server'
import type { StoredTarget } from '@/lib/channels/input'
import { db } from '@/lib/db/client'
import { certificate } from '@/lib/outbound/__fixtures__/certificate'
import { parseNetworks } from '@/lib/outbound/address-policy'
import { connectMail, readMailCertificate, type MailServer } from '@/lib/outbound/smtp'
import { startInstallation, type Installation } from '@/lib/testing/installation'

let installation: Installation
let server: MailServerWorld
beforeAll(async () => {
  installation = await startInstallation()
})
afterAll(() => installation.end())
afterEach(async () => {
  await db().channel.deleteMany()
  await db().notice.deleteMany()
  await server.stop()
})

const start = new Date('2026-11-25T02:00:00Z')
const after = (ms: number) => new Date(start.getTime() + ms)
type MailTarget = Extract<StoredTarget, { kind: 'email' }>
const target = (more: Partial<MailTarget> = {}): MailTarget => ({ kind: 'email', host: '127.0.0.1', port: server.port, security: 'starttls', trust: { mode: 'pin', sha256: server.certificate.sha256 }, user: 'palisade', from: 'alerts@nordwall.example', to: ['noc@nordwall.example'], ...more })
const email = (more: Partial<MailTarget> = {}, password: string | undefined = 'right') => aChannel({ target: target(more), secrets: { ...(password !== undefined && { password }) } })
const channel = () => db().channel.findFirstOrThrow()
const delivery = () => db().delivery.findFirstOrThrow({ orderBy: { place: 'asc' } })

describe('over TLS', () => {
  it.each(['starttls', 'tls'] as const)('by %s to the pinned certificate: user, password and mail are said under TLS alone', async (security) => {
    server = await startMailServer({ secure: security === 'tls' })
    await email({ security })
    await tellAll(notice('Gateway down', { facts: { title: 'Gateway down', sentence: 'WAN does not answer.', firewallName: 'kl-rtm-fw1' } }))
    await deliverAt(start)
    expect(await delivery()).toMatchObject({ state: 'delivered', attempts: 1 })
    const [mail] = server.mails
    expect(mail).toMatchObject({ subject: '[Palisade] Warning: Gateway down, kl-rtm-fw1', messageId: `<${(await delivery()).batchId}@nordwall.example>` })
    expect(mail?.text).toContain('WAN does not answer.')
    expect(mail?.headers.get('auto-submitted')).toBe('auto-generated')
    expect(server.logins).toEqual([{ user: 'palisade', password: 'right' }])
    expect(server.inClear).toEqual([])
  })

  it('another certificate than the pinned one: nothing is said, it waits, and goes out when trust is mended', async () => {
    server = await startMailServer()
    const id = await email({ trust: { mode: 'pin', sha256: 'a'.repeat(64) } })
    await tellAll(notice())
    await deliverAt(start)
    expect((await channel()).lastError).toContain('another certificate than the pinned one')
    expect([server.logins, server.mails]).toEqual([[], []])
    await db().channel.delete({ where: { id } })
  })

  it('a certificate that nobody vouches for is refused where a public one is asked for', async () => {
    server = await startMailServer()
    await email({ trust: { mode: 'public-ca' } })
    await tellAll(notice())
    await deliverAt(start)
    expect((await channel()).lastError).toMatch(/certificate of its own|public authority|authority/)
    expect([server.logins, server.mails]).toEqual([[], []])
  })

  it('one of a known authority is taken', async () => {
    const authority = certificate('Test authority', { isAuthority: true })
    server = await startMailServer({ certificate: certificate('mail.test', { authority }) })
    const socket = await connectMail(mailServer({ trust: { mode: 'public-ca' }, certificateAuthorities: [authority.cert] }))
    socket.destroy()
    await expect(connectMail(mailServer({ trust: { mode: 'public-ca' } }))).rejects.toMatchObject({ code: 'firewall-certificate-unknown' })
  })

  it('a server without STARTTLS gets nothing but EHLO', async () => {
    server = await startMailServer({ disabledCommands: ['STARTTLS'] })
    await email()
    await tellAll(notice())
    await deliverAt(start)
    expect((await channel()).lastError).toBe('The mail server does not offer STARTTLS, so nothing was sent.')
    expect([server.logins, server.inClear, server.mails]).toEqual([[], [], []])
  })

  it('words that someone slips in before TLS end the connection', async () => {
    server = await startMailServer()
    const slipped = net.createServer((socket) => {
      socket.on('error', () => undefined)
      socket.write('220 mail.test\r\n')
      socket.on('data', (data) => void socket.write(data.toString().startsWith('EHLO') ? '250-mail.test\r\n250 STARTTLS\r\n' : '220 go\r\n250 injected\r\n'))
    })
    await new Promise<void>((resolve) => slipped.listen(0, '127.0.0.1', resolve))
    await expect(connectMail(mailServer({ port: (slipped.address() as net.AddressInfo).port }))).rejects.toThrow('it says more than it was asked')
    await new Promise((resolve) => slipped.close(resolve))
  })

  it('its certificate can be looked at before anything is said', async () => {
    server = await startMailServer()
    const seen = await readMailCertificate({ ...mailServer(), security: 'starttls' })
    expect(seen).toMatchObject({ sha256: server.certificate.sha256, publiclyTrusted: false })
    expect([server.logins, server.mails]).toEqual([[], []])
  })

  const mailServer = (more: Partial<MailServer> = {}): MailServer => ({ host: '127.0.0.1', port: server.port, security: 'starttls', trust: { mode: 'pin', sha256: server.certificate.sha256, spkiSha256: null }, allowedNetworks: parseNetworks('127.0.0.0/8'), ...more })
})

describe('what the server says', () => {
  it('a refused sign-in is tried again in a quarter of an hour, not at once, and goes out with the right password', async () => {
    server = await startMailServer()
    await email({}, 'wrong')
    await tellAll(notice('one'), notice('two'))
    await deliverAt(start)
    expect(await channel()).toMatchObject({ heldUntil: after(900_000), lastError: expect.stringMatching(/^The mail server refused the sign-in\. Check user and password\..*535/) })
    expect(server.logins).toHaveLength(1)
    expect((await channel()).lastError).not.toContain('wrong')
    await db().channel.deleteMany()
  })

  it('greylisting is waited for, and the mail comes once', async () => {
    let tries = 0
    server = await startMailServer({ onRcptTo: (_address, _session, done) => done(++tries < 3 ? smtpError(450, '4.2.0 Greylisted, try again') : null) })
    await email()
    await tellAll(notice('one'), notice('two'))
    await deliverUntil(start, after(60_000))
    expect(server.mails.map(({ subject }) => subject)).toEqual(['[Palisade] Warning: one', '[Palisade] Warning: two'])
    expect((await delivery()).attempts).toBe(3)
  })

  it('5xx is for good: given up with what it said, and the next goes on', async () => {
    let first = true
    server = await startMailServer({
      onRcptTo: (_address, _session, done) => {
        done(first ? smtpError(550, '5.1.1 No such user') : null)
        first = false
      },
    })
    await email()
    await tellAll(notice('one'), notice('two'))
    await deliverAt(start)
    expect(await delivery()).toMatchObject({ state: 'given-up', answer: expect.stringContaining('No such user') })
    expect(server.mails.map(({ subject }) => subject)).toEqual(['[Palisade] Warning: two'])
  })

  it('one of many addresses that it refuses is named', async () => {
    server = await startMailServer({ onRcptTo: ({ address }, _session, done) => done(address.startsWith('gone') ? smtpError(550, 'No such user') : null) })
    await email({ to: ['noc@nordwall.example', 'gone@nordwall.example'] })
    await tellAll(notice())
    await deliverAt(start)
    expect(await delivery()).toMatchObject({ state: 'delivered', answer: 'Taken for 1 of 2 addresses, refused for gone@nordwall.example.' })
  })

  it('a connection that ends in the middle is tried again with the same Message-ID', async () => {
    let cut = true
    const ids: (string | undefined)[] = []
    server = await startMailServer({
      onData: (stream, _session, done) => {
        let text = ''
        stream.on('data', (piece: Buffer) => (text += piece.toString()))
        stream.on('end', () => {
          ids.push(/^Message-ID: (.+)$/im.exec(text)?.[1])
          if (!cut) return done()
          cut = false
          done(smtpError(421, 'Closing'))
        })
      },
    })
    await email()
    await tellAll(notice())
    await deliverUntil(start, after(10_000))
    const sent = await delivery()
    expect(sent).toMatchObject({ state: 'delivered', attempts: 2 })
    expect(ids).toEqual([`<${sent.batchId}@nordwall.example>`, `<${sent.batchId}@nordwall.example>`])
  })

  it('one that talks without end is left, and holds up nothing', async () => {
    server = await startMailServer()
    const endless = net.createServer((socket) => {
      socket.on('error', () => undefined)
      socket.write('220 mail.test\r\n')
      const more = (): void => {
        while (!socket.destroyed && socket.write('250-more and more of it\r\n'.repeat(200)));
      }
      socket.once('data', more)
      socket.on('drain', more)
    })
    await new Promise<void>((resolve) => endless.listen(0, '127.0.0.1', resolve))
    await email({ port: (endless.address() as net.AddressInfo).port, security: 'none', user: '' }, undefined)
    await tellAll(notice())
    const before = process.cpuUsage()
    await deliverAt(start)
    const { user } = process.cpuUsage(before)
    expect(user / 1000).toBeLessThan(3_000)
    expect(await delivery()).toMatchObject({ state: 'waiting', answer: 'The mail server ended the connection before it took the message.' })
    await new Promise((resolve) => endless.close(resolve))
  })
})

describe('names that want to be more', () => {
  it('no line break reaches a header, and no name becomes one', async () => {
    server = await startMailServer()
    await email()
    await tellAll(notice('x', { facts: { title: 'Down\r\nBcc: evil@example.com', sentence: 'A\r\n.\r\nQUIT', firewallName: 'fw\r\n\r\n<b>hi</b>' } }))
    await deliverAt(start)
    const [mail] = server.mails
    expect(mail?.bcc).toBeUndefined()
    expect(mail?.subject).toBe('[Palisade] Warning: Down Bcc: evil@example.com, fw <b>hi</b>')
    expect(mail?.html).toBe(false)
    expect(await delivery()).toMatchObject({ state: 'delivered' })
  })
})
