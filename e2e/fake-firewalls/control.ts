// The control server: JSON over http on 127.0.0.1, for tests in another process and for the demo.
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { Clock } from './clock'
import { ControlInputError, readAddOptions, readPatchOptions } from './control-input'
import type { FirewallInfo } from './firewall'
import type { FleetFirewall } from './fleet-firewall'
import { type Json, isObject, type JsonObject, tryParseJson } from './json'
import type { AddOptions } from './options'

export type Controlled = {
  clock: Clock
  add(options: AddOptions): Promise<FleetFirewall>
  get(name: string): FleetFirewall | undefined
  list(): FirewallInfo[]
  remove(name: string): Promise<void>
}
type Answer = { status: number; body: unknown }
const answer = (body: unknown, status = 200): Answer => ({ status, body })
const missing = answer({ error: 'There is no such path or firewall here.' }, 404)

async function bodyOf(message: IncomingMessage): Promise<JsonObject> {
  const parts: Buffer[] = []
  for await (const part of message) parts.push(Buffer.from(part))
  const text = Buffer.concat(parts).toString('utf8')
  const body: Json | undefined = text === '' ? {} : tryParseJson(text)
  if (!isObject(body)) throw new ControlInputError('The body has to be a JSON object.')
  return body
}

function changeClock(clock: Clock, body: JsonObject): Answer {
  const { now, advanceMs, frozen } = body
  const at = typeof now === 'string' ? Date.parse(now) : now
  if (typeof at === 'number' && Number.isFinite(at)) clock.set(at)
  if (typeof advanceMs === 'number') clock.advance(advanceMs)
  if (typeof frozen === 'boolean') clock.freeze(frozen)
  return answer({ now: clock.nowMs() })
}

async function firewallAnswer(fleet: Controlled, method: string, name: string, rest: string, body: JsonObject): Promise<Answer> {
  const firewall = fleet.get(name)
  if (firewall === undefined) return missing
  const call = `${method} ${rest}`
  if (call === 'GET ') return answer(firewall.info)
  if (call === 'GET recorded') return answer(firewall.recorded())
  if (call === 'GET counts') return answer(firewall.counts())
  if (call === 'PATCH ') return answer(await firewall.patch(readPatchOptions(body)))
  if (call === 'POST counts/reset') firewall.resetCounts()
  else if (call === 'POST lockout/clear') firewall.clearLockout()
  else if (call === 'DELETE ') await fleet.remove(name)
  else return missing
  return answer({})
}

async function route(fleet: Controlled, message: IncomingMessage): Promise<Answer> {
  const method = message.method ?? 'GET'
  const [first = '', name, ...rest] =
    (message.url ?? '/')
      .split('?')[0]
      ?.split('/')
      .filter((part) => part !== '')
      .map(decodeURIComponent) ?? []
  const body = await bodyOf(message)
  if (first === 'clock' && method === 'PATCH') return changeClock(fleet.clock, body)
  if (first === 'clock' && method === 'GET') return answer({ now: fleet.clock.nowMs() })
  if (first !== 'firewalls') return missing
  if (name !== undefined) return firewallAnswer(fleet, method, name, rest.join('/'), body)
  if (method === 'GET') return answer(fleet.list())
  return method === 'POST' ? answer((await fleet.add(readAddOptions(body))).info, 201) : missing
}

/** Errors of what was asked are 400 with a sentence. */
export async function startControl(fleet: Controlled, port: number): Promise<{ url: string; stop(): Promise<void> }> {
  const server: Server = createServer((message, response) => {
    route(fleet, message)
      .catch((error: unknown) => answer({ error: error instanceof Error ? error.message : String(error) }, 400))
      .then(({ status, body }) => {
        response.writeHead(status, { 'Content-Type': 'application/json' })
        response.end(JSON.stringify(body))
      })
      .catch(() => response.destroy())
  })
  await new Promise<void>((done, failed) => {
    server.once('error', failed)
    server.listen(port, '127.0.0.1', () => done())
  })
  const address = server.address()
  const actualPort = typeof address === 'object' && address !== null ? address.port : port
  return {
    url: `http://127.0.0.1:${actualPort}`,
    stop: () =>
      new Promise((done) => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
}
