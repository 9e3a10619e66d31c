// Copies to real receivers over TCP and TLS: in order, complete and proven against the table, through cuts, kills and outages.
import { spawn, type ChildProcess } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { consoleActor } from '@/lib/auth/actor'
import { recordAlone } from '@/lib/audit/record'
import { canonicalJson } from '@/lib/core/canonical-json'
import { AppError } from '@/lib/core/errors'
import { db } from '@/lib/db/client'
import { certificate } from '@/lib/outbound/__fixtures__/certificate'
import { parseNetworks } from '@/lib/outbound/address-policy'
import { sendOneWay } from '@/lib/outbound/one-way'
import { startInstallation, type Installation } from '@/lib/testing/installation'
import { framesOf, readMessage, startReceiver, type SyslogMessage, type SyslogReceiver } from '@/lib/testing/syslog'
import { copyAuditLog } from '@/lib/worker/copy-audit-log'
import { copyToReceiver } from './copy-to-receiver'
import type { CopySecurity } from './input'

const NEVER = new AbortController().signal
const target = { kind: 'firewall', id: null, name: 'Ærø "fw" \u{1F512}' } as const

let installation: Installation
let receiver: SyslogReceiver | null = null
beforeAll(async () => {
  installation = await startInstallation()
  for (let entry = 0; entry < 120; entry += 1) await recordAlone(consoleActor(), { action: 'firewall.read', target, details: { note: 'x'.repeat(entry % 7 === 0 ? 3_000 : 20) } })
})
afterAll(() => installation.end())
beforeEach(() => db().auditCopy.deleteMany())
afterEach(async () => {
  await receiver?.stop()
  receiver = null
})

const copyTo = (port: number, { security = { mode: 'plain' }, firstEntry = 1 }: { security?: CopySecurity; firstEntry?: number } = {}) =>
  db().auditCopy.create({ data: { name: 'SIEM', kind: 'syslog', settings: { kind: 'syslog', host: '127.0.0.1', port, security }, firstEntry, lastEntry: firstEntry - 1, createdAt: new Date() } })
const round = (at = new Date(Date.now() + 3_600_000)) => copyAuditLog(at, NEVER)
const stored = () => db().auditCopy.findFirstOrThrow()
const log = () => db().auditEntry.findMany({ orderBy: { entry: 'asc' } })
const append = (count: number) => Promise.all(Array.from({ length: count }, () => recordAlone(consoleActor(), { action: 'firewall.check', target })))
const numbers = (messages: readonly SyslogMessage[]) => messages.map(({ values }) => Number(values.entry))

/** Each entry once at least, the first time in the order of the chain, and each proven to be the one of the table. */
async function expectWholeLog(messages: readonly SyslogMessage[], from = 1): Promise<void> {
  const rows = (await log()).filter(({ entry }) => entry >= BigInt(from))
  const first = messages.filter((message, at) => numbers(messages).indexOf(Number(message.values.entry)) === at)
  expect(numbers(first)).toEqual(rows.map(({ entry }) => Number(entry)))
  for (const [at, { previousHash, hash }] of rows.entries()) {
    const { values, text } = first[at] as SyslogMessage
    expect([values.hash, createHash('sha256').update(previousHash + canonicalJson(JSON.parse(text))).digest('hex')]).toEqual([hash, hash])
  }
}

describe('over TCP', () => {
  it('sends all of the log once, in order, then what comes', async () => {
    receiver = await startReceiver()
    await copyTo(receiver.port)
    await round()
    await append(5)
    await round()
    await round()
    await expectWholeLog(receiver.messages())
    expect(receiver.messages()).toHaveLength((await log()).length)
    expect(receiver.connections.every(({ ended }) => ended)).toBe(true)
    expect(await stored()).toMatchObject({ failures: 0, lastError: null, lastEntry: BigInt((await log()).length) })
  })

  it('begins with the entry that is wanted', async () => {
    receiver = await startReceiver()
    await copyTo(receiver.port, { firstEntry: 100 })
    await round()
    await expectWholeLog(receiver.messages(), 100)
  })

  it('two workers do not send the same', async () => {
    receiver = await startReceiver()
    await copyTo(receiver.port)
    await Promise.all([round(), round(), round()])
    await round()
    expect(receiver.messages()).toHaveLength((await log()).length)
  })

  it('a copy that is moved while it runs counts nothing that went to the old place', async () => {
    receiver = await startReceiver()
    const copy = await copyTo(receiver.port)
    await db().auditCopy.update({ where: { id: copy.id }, data: { revision: 2 } })
    await copyToReceiver(copy, NEVER)
    expect(receiver.messages().length).toBeGreaterThan(100)
    expect((await stored()).lastEntry).toBe(0n)
  })

  it('a paused copy is left alone', async () => {
    receiver = await startReceiver()
    const { id } = await copyTo(receiver.port)
    await db().auditCopy.update({ where: { id }, data: { enabled: false } })
    await round()
    expect(receiver.connections).toEqual([])
  })
})

describe('trouble', () => {
  it('a receiver that is away is tried later and later, and gets everything when it is back', async () => {
    const gone = await startReceiver()
    await gone.stop()
    await copyTo(gone.port)
    const waits: number[] = []
    for (let failure = 1; failure <= 8; failure += 1) {
      const before = Date.now()
      await round()
      const { failures, heldUntil, lastError } = await stored()
      expect([failures, lastError]).toEqual([failure, 'Nothing takes connections at this port. Check the port, and that the receiver listens for TCP there.'])
      waits.push(Math.round(((heldUntil?.getTime() ?? 0) - before) / 1000))
      // Before its time it is left alone.
      await round(new Date(before))
      expect((await stored()).failures).toBe(failure)
    }
    expect(waits).toEqual([5, 10, 20, 40, 80, 160, 300, 300])
    await append(3)
    receiver = await startReceiver({ port: gone.port })
    await round()
    await expectWholeLog(receiver.messages())
    expect(await stored()).toMatchObject({ failures: 0, heldUntil: null, lastError: null })
  })

  it('frames that were cut in the middle are sent again', async () => {
    receiver = await startReceiver()
    await copyTo(receiver.port)
    for (const bytes of [1, 700, 9_000, 33_333]) {
      receiver.cutAfter = bytes
      await round()
      expect(await stored()).toMatchObject({ lastEntry: 0n, failures: 1, lastError: expect.stringMatching(/^The receiver did not take everything\. It is sent again\./) as string })
      await db().auditCopy.updateMany({ data: { failures: 0 } })
    }
    receiver.cutAfter = null
    await round()
    await expectWholeLog(receiver.messages())
  })

  it('after a failure, what went before it is sent again: a receiver that dies loses what it had not written', async () => {
    receiver = await startReceiver()
    await copyTo(receiver.port, { firstEntry: 5 })
    await round()
    const { lastEntry } = await stored()
    receiver.cutAfter = 1
    await append(1)
    await round()
    expect((await stored()).lastEntry).toBe(lastEntry - 100n)
    await round()
    // Only once, and never before the first entry that is wanted.
    expect((await stored()).lastEntry).toBe(lastEntry - 100n)
    await db().auditCopy.updateMany({ data: { failures: 0, lastEntry: 30 } })
    await round()
    expect((await stored()).lastEntry).toBe(4n)
  })

  it('one that does not end the connection has not taken it', async () => {
    const { createServer } = await import('node:net')
    const server = createServer({ allowHalfOpen: true }, (socket) => void socket.on('error', () => undefined).resume()).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const sent = sendOneWay({ host: '127.0.0.1', port, trust: { mode: 'plain-http' }, allowedNetworks: parseNetworks('127.0.0.0/8'), signal: NEVER, deadlineMs: 200 }, Buffer.from('5 hello'))
    await expect(sent).rejects.toMatchObject({ code: 'firewall-timed-out' })
    server.close()
  })

  it('an address that is not allowed is not dialled', async () => {
    receiver = await startReceiver()
    await expect(sendOneWay({ host: '127.0.0.1', port: receiver.port, trust: { mode: 'plain-http' }, allowedNetworks: [], signal: NEVER }, Buffer.from('1 x'))).rejects.toBeInstanceOf(AppError)
    expect(receiver.connections).toEqual([])
  })
})

describe('over TLS', () => {
  const own = certificate('logs.test')
  const authority = certificate('Test authority', { isAuthority: true })

  it('sends to exactly the pinned certificate', async () => {
    receiver = await startReceiver({ certificate: own })
    await copyTo(receiver.port, { security: { mode: 'pin', sha256: own.sha256 } })
    await round()
    await expectWholeLog(receiver.messages())
  })

  it('sends not one byte to another, and says so', async () => {
    receiver = await startReceiver({ certificate: certificate('logs.test', { privateKey: own.privateKey }) })
    await copyTo(receiver.port, { security: { mode: 'pin', sha256: own.sha256 } })
    await round()
    expect(receiver.connections.every(({ bytes }) => bytes.length === 0)).toBe(true)
    expect((await stored()).lastError).toBe('The receiver shows another certificate than the trusted one. Nothing was sent. Find out at the receiver whether it was renewed, then look at it again and trust the new one.')
  })

  it('without a pin only a public authority counts', async () => {
    receiver = await startReceiver({ certificate: own })
    await copyTo(receiver.port, { security: { mode: 'public-ca' } })
    await round()
    expect(receiver.connections.every(({ bytes }) => bytes.length === 0)).toBe(true)
    expect((await stored()).lastError).toMatch(/^The certificate of the receiver is not one that a public authority vouches for\./)
    const vouched = await startReceiver({ certificate: certificate('logs.test', { authority }) })
    const way = { host: '127.0.0.1', port: vouched.port, trust: { mode: 'public-ca' }, allowedNetworks: parseNetworks('127.0.0.0/8'), signal: NEVER, certificateAuthorities: [authority.cert] } as const
    await sendOneWay(way, Buffer.from('5 hello'))
    expect(vouched.connections[0]?.bytes.toString()).toBe('5 hello')
    await vouched.stop()
  })

  it('what speaks no TLS gets nothing', async () => {
    receiver = await startReceiver()
    receiver.cutAfter = 1
    await copyTo(receiver.port, { security: { mode: 'pin', sha256: own.sha256 } })
    await round()
    expect(receiver.connections.every(({ bytes }) => !bytes.toString('latin1').includes('palisade'))).toBe(true)
    expect((await stored()).failures).toBe(1)
  })
})

/** Writes what it takes to a file at once, and dies in the middle of its work. */
const PROGRAM = `import { appendFileSync } from 'node:fs'
import net from 'node:net'
const [, , file, port] = process.argv
net.createServer((socket) => {
  socket.on('error', () => undefined)
  socket.on('data', (piece) => appendFileSync(file, Buffer.concat([Buffer.from(socket.remotePort + ' ' + piece.length + '\\n'), piece])))
}).listen(Number(port), '127.0.0.1', function () { process.stdout.write(this.address().port + '\\n') })`

describe('a receiver that is killed', () => {
  const program = async (file: string, port: number): Promise<{ child: ChildProcess; port: number }> => {
    const child = spawn(process.execPath, [path.join(installation.directory, 'receiver.mjs'), file, String(port)], { stdio: ['ignore', 'pipe', 'inherit'] })
    const [line] = (await once(child.stdout, 'data')) as [Buffer]
    return { child, port: Number(line.toString()) }
  }
  /** What each connection wrote, put together. */
  function writtenIn(bytes: Buffer): Buffer[] {
    const streams = new Map<string, Buffer[]>()
    for (let rest = bytes; rest.length > 0; ) {
      const end = rest.indexOf(10)
      const [from = '', length = '0'] = rest.subarray(0, end).toString().split(' ')
      streams.set(from, [...(streams.get(from) ?? []), rest.subarray(end + 1, end + 1 + Number(length))])
      rest = rest.subarray(end + 1 + Number(length))
    }
    return [...streams.values()].map((pieces) => Buffer.concat(pieces))
  }

  it('with SIGKILL again and again has the whole log in the end', async () => {
    await writeFile(path.join(installation.directory, 'receiver.mjs'), PROGRAM)
    const file = path.join(installation.directory, 'received')
    let { child, port } = await program(file, 0)
    await copyTo(port)
    for (let kill = 0; kill < 4; kill += 1) {
      const [sending] = [round(), append(20)]
      const dead = once(child, 'close')
      child.kill('SIGKILL')
      await Promise.all([sending, dead])
      await round()
      ;({ child, port } = await program(file, port))
      await round()
    }
    child.kill('SIGKILL')
    const messages = writtenIn(await readFile(file)).flatMap((bytes) => framesOf(bytes).frames.map(readMessage))
    await expectWholeLog(messages)
  })
})
