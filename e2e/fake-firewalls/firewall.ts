// One simulated firewall: its port, its certificate, what it counts, and the family that answers.
import { createServer as createHttpsServer } from 'node:https'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer as createTcpServer, type Socket } from 'node:net'
import { type Certificate, keptCertificate, newCertificate, storeCertificate } from './certificate'
import type { Clock } from './clock'
import { Counter, type Counts } from './counts'
import { type Incoming, type RecordedRequest, type Reply, phpJson } from './exchange'
import type { FamilyHost, SimulatedFamily } from './family'
import { tryParseJson, type JsonObject } from './json'
import { Lockout } from './lockout'
import { Opnsense } from './opnsense'
import { type AddOptions, type Hold, type PatchOptions, type ScenarioName, VERSIONS } from './options'
import { PfsenseV1 } from './pfsense-v1'
import { PfsenseV2 } from './pfsense-v2'
import { plantSecrets } from './planted-secrets'
import { perform } from './scenario'

const HOST = '127.0.0.1'
const IDLE_MS = 30_000
const FAMILIES = {
  opnsense: (host: FamilyHost, options: AddOptions): SimulatedFamily => new Opnsense(host, options),
  'pfsense-v1': (host: FamilyHost, options: AddOptions): SimulatedFamily => new PfsenseV1(host, options),
  'pfsense-v2': (host: FamilyHost, options: AddOptions): SimulatedFamily => new PfsenseV2(host, options),
}

export type FirewallInfo = {
  name: string
  family: AddOptions['family']
  version: string
  url: string
  port: number
  sha256: string
  spkiSha256: string
  /** Method name of the product's contract to a working credential object. */
  credentials: JsonObject
  limited: JsonObject
}

const headersOf = (message: IncomingMessage): Record<string, string> =>
  Object.fromEntries(Object.entries(message.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]))

async function readRequest(message: IncomingMessage): Promise<Incoming> {
  const parts: Buffer[] = []
  for await (const part of message) parts.push(Buffer.from(part))
  const target = message.url ?? '/'
  const [path = '/', ...query] = target.split('?')
  return {
    method: message.method ?? 'GET',
    target,
    path,
    query: query.join('?'),
    headers: headersOf(message),
    peer: message.socket.remoteAddress ?? '',
    hasLength: message.headers['content-length'] !== undefined || message.headers['transfer-encoding'] !== undefined,
    body: Buffer.concat(parts),
  }
}

export class FakeFirewall {
  readonly name: string
  readonly #options: AddOptions
  readonly #clock: Clock
  readonly #folder: string
  readonly #counter = new Counter()
  readonly #lockout = new Lockout()
  readonly #sockets = new Set<Socket>()
  readonly #repliesOn = new WeakMap<Socket, number>()
  readonly #family: SimulatedFamily
  readonly #front = createTcpServer((socket) => this.#accept(socket))
  readonly #https
  #certificate: Certificate
  #port = 0
  #scenario: ScenarioName = 'none'
  #scenarioPath = '/'
  #slowMs = 3000
  #latencyMs = 0
  #failedAuthenticationMs = 0
  #redirectTo = 'https://198.51.100.1/'
  #clockOffsetMs = 0
  #canary: string | null = null
  #recorded: RecordedRequest[] | null = null
  #hold: Hold | null = null
  readonly #letGo: (() => void)[] = []

  constructor(options: AddOptions, clock: Clock, folder: string) {
    const versions: readonly string[] = VERSIONS[options.family]
    if (!versions.includes(options.version))
      throw new Error(`Version ${options.version} of ${options.family} is not simulated; choose one of ${versions.join(', ')}.`)
    this.name = options.name
    this.#options = options
    this.#clock = clock
    this.#folder = folder
    this.#certificate = keptCertificate(folder, options.name, options.name)
    const { keyPem: key, certPem: cert } = this.#certificate
    this.#https = createHttpsServer({ key, cert, keepAlive: true, keepAliveTimeout: IDLE_MS }, (message, response) => void this.#serve(message, response))
    this.#https.on('secureConnection', () => this.#counter.handshake())
    this.#https.on('tlsClientError', (_error, socket) => socket.destroy())
    const nowMs = () => this.#clock.nowMs() + this.#clockOffsetMs
    const dropConnections = (peer: string) => setImmediate(() => this.#dropAll(peer))
    this.#family = FAMILIES[options.family]({ name: options.name, counter: this.#counter, lockout: this.#lockout, nowMs, dropConnections }, options)
  }

  async start(): Promise<void> {
    await this.#listen(this.#options.port ?? 0)
    await this.patch(this.#options)
  }

  info(): FirewallInfo {
    const { family, version } = this.#options
    const { sha256, spkiSha256 } = this.#certificate
    const { credentials, limited } = this.#family
    return { name: this.name, family, version, url: `https://${HOST}:${this.#port}`, port: this.#port, sha256, spkiSha256, credentials, limited }
  }

  counts(): Counts {
    // Finishes what time has finished, so that it stands in the log.
    this.#family.presence()
    return this.#counter.read()
  }

  recorded(): RecordedRequest[] {
    return this.#recorded ?? []
  }

  resetCounts(): void {
    this.#counter.reset()
  }

  /** Lets sources in again that login protection has shut out. */
  clearLockout(): void {
    this.#lockout.clear()
  }

  async patch(options: PatchOptions): Promise<void> {
    this.#scenarioPath = options.scenarioPath ?? this.#scenarioPath
    this.#slowMs = options.slowMs ?? this.#slowMs
    this.#latencyMs = options.latencyMs ?? this.#latencyMs
    this.#failedAuthenticationMs = options.failedAuthenticationMs ?? this.#failedAuthenticationMs
    this.#redirectTo = options.redirectTo ?? this.#redirectTo
    this.#clockOffsetMs = options.clockOffsetMs ?? this.#clockOffsetMs
    this.#canary = options.plantSecrets ?? this.#canary
    if (options.hold !== undefined) {
      this.#hold = options.hold
      for (const done of this.#letGo.splice(0)) done()
    }
    if (options.record !== undefined) this.#recorded = options.record ? [] : null
    if (options.certificate !== undefined) this.#renew(options.certificate)
    this.#family.patch(options)
    if (options.scenario !== undefined) await this.#play(options.scenario)
  }

  async stop(): Promise<void> {
    this.#hold = null
    for (const done of this.#letGo.splice(0)) done()
    for (const socket of this.#sockets) socket.destroy()
    this.#https.close()
    if (this.#front.listening) await new Promise<void>((done) => this.#front.close(() => done()))
  }

  #listen(port: number): Promise<void> {
    return new Promise((done, failed) => {
      this.#front.once('error', failed)
      this.#front.listen(port, HOST, () => {
        this.#front.off('error', failed)
        const address = this.#front.address()
        this.#port = typeof address === 'object' && address !== null ? address.port : port
        done()
      })
    })
  }

  /** A dead firewall's port is closed, and comes back where it was. */
  async #play(scenario: ScenarioName): Promise<void> {
    this.#scenario = scenario
    if (scenario === 'dead') {
      const closed = new Promise<void>((done) => this.#front.close(() => done()))
      this.#dropAll(null)
      await closed
    } else if (!this.#front.listening) await this.#listen(this.#port)
  }

  /** New connections see the new certificate; open ones are ended, as a restart of the web server does. */
  #renew(how: 'new-key' | 'same-key'): void {
    this.#certificate = newCertificate(this.name, how === 'same-key' ? this.#certificate.keyPem : null)
    storeCertificate(this.#folder, this.name, this.#certificate)
    this.#https.setSecureContext({ key: this.#certificate.keyPem, cert: this.#certificate.certPem })
    this.#dropAll(null)
  }

  #dropAll(peer: string | null): void {
    for (const socket of this.#sockets) if (peer === null || socket.remoteAddress === peer) socket.destroy()
  }

  #accept(socket: Socket): void {
    this.#counter.connection()
    this.#sockets.add(socket)
    socket.on('close', () => this.#sockets.delete(socket))
    // A client that hangs up in the middle is nothing to report.
    socket.on('error', () => socket.destroy())
    const presence = this.#family.presence()
    if (presence === 'away' || this.#lockout.blocks(socket.remoteAddress ?? '', this.#clock.nowMs() + this.#clockOffsetMs)) {
      this.#counter.dropped()
      socket.destroy()
      return
    }
    if (presence === 'silent' || this.#scenario === 'half-open') socket.resume()
    else this.#https.emit('connection', socket)
  }

  async #serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = await readRequest(message).catch(() => null)
    if (request === null) return
    this.#recorded?.push({ method: request.method, target: request.target, headers: request.headers, body: request.body.toString('utf8') })
    // Nothing is read any more from a connection that has had its last reply, not even what was already on the way.
    if (this.#repliesOn.get(message.socket) === this.#family.repliesPerConnection) {
      message.socket.destroy()
      return
    }
    const over = this.#counter.begin(this.#family.kindOf(request), request.method, request.path, request.headers)
    response.on('close', over)
    await this.#waitWhileHeld(request, response, 'before')
    // Whoever hung up before the firewall knew of the request is not answered, and nothing was done.
    if (response.destroyed) return
    const presence = this.#family.presence()
    if (presence === 'silent') return
    if (presence === 'away') {
      this.#counter.dropped()
      response.socket?.destroy()
      return
    }
    const scenario = request.path.startsWith(this.#scenarioPath) ? this.#scenario : 'none'
    await this.#wait(this.#latencyMs + (scenario === 'slow' ? this.#slowMs : 0))
    const replyNow = () => this.#reply(request)
    if (response.destroyed || perform(scenario, response, { redirectTo: this.#redirectTo, replyNow })) return
    const reply = replyNow()
    await this.#waitWhileHeld(request, response, 'after')
    if (response.destroyed) return
    if (reply.status === 401) await this.#wait(this.#failedAuthenticationMs)
    this.#send(message, response, reply)
  }

  /** Until it is let go, or whoever asked has hung up. */
  async #waitWhileHeld(request: Incoming, response: ServerResponse, when: Hold['when']): Promise<void> {
    const isHeld = () => this.#hold?.when === when && request.path.startsWith(this.#hold.path) && request.body.toString('utf8').includes(this.#hold.body ?? '')
    if (!isHeld()) return
    this.#counter.held(1)
    const goOn = () => {
      for (const done of this.#letGo.splice(0)) done()
    }
    response.on('close', goOn)
    while (isHeld() && !response.destroyed) await new Promise<void>((done) => this.#letGo.push(done))
    response.off('close', goOn)
    this.#counter.held(-1)
  }

  #reply(request: Incoming): Reply {
    const reply = this.#family.handle(request)
    const isToken = this.#family.kindOf(request) === 'token'
    if (this.#canary === null || reply.status !== 200 || isToken || typeof reply.body !== 'string') return reply
    const body = tryParseJson(reply.body)
    return body === undefined ? reply : { ...reply, body: phpJson(plantSecrets(body, this.#canary)) }
  }

  #send(message: IncomingMessage, response: ServerResponse, reply: Reply): void {
    const { socket } = message
    const replies = (this.#repliesOn.get(socket) ?? 0) + 1
    this.#repliesOn.set(socket, replies)
    // Its own clock tells the time of a reply.
    response.writeHead(reply.status, { Date: new Date(this.#clock.nowMs() + this.#clockOffsetMs).toUTCString(), ...reply.headers, 'Content-Length': Buffer.byteLength(reply.body) })
    response.end(reply.body, () => {
      // The web server hangs up without saying so before: the next request on this socket is lost.
      if (replies === this.#family.repliesPerConnection) socket.end()
    })
  }

  #wait(ms: number): Promise<void> {
    return ms <= 0 ? Promise.resolve() : new Promise((done) => setTimeout(done, ms))
  }
}
