// Streams of what changes, read as a browser does.
import { eventOperations } from '@/lib/api/events'
import { handle } from '@/lib/http/handle'
import { db } from '@/lib/db/client'
import type { LiveChange } from '@/lib/live/dto'
import { aFirewall } from './fact-world'

export type Message = { event: string; id: string; data: string }
export type Following = {
  status: number
  /** All that came so far. */
  messages: Message[]
  /** Changes that came so far, as `topic firewall detail`. */
  told(): string[]
  /** Resolves when `isThere` holds; rejects after `limitMs`, saying what came. */
  until(isThere: (messages: readonly Message[]) => boolean, limitMs?: number): Promise<void>
  /** Resolves when the server has ended the stream. */
  ended: Promise<void>
  close(): Promise<void>
}

const open = handle(eventOperations.follow)
const changesOf = ({ event, data }: Message): LiveChange[] => (event === 'changes' ? (JSON.parse(data) as LiveChange[]) : [])

function messagesIn(text: string): Message[] {
  return text.split('\n\n').flatMap((block) => {
    const fields = Object.fromEntries(block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]))
    return fields['event'] === undefined ? [] : [{ event: fields['event'], id: fields['id'] ?? '', data: fields['data'] ?? '' }]
  })
}

/** Opens a stream with a token, and reads it until it ends. */
export async function follow(headers: Record<string, string>): Promise<Following> {
  const response = await open(new Request('http://localhost:3000/api/v1/events', { headers: { 'x-palisade-peer': '203.0.113.9', ...headers } }), { params: Promise.resolve({}) })
  const messages: Message[] = []
  const watching = new Set<() => void>()
  const reader = response.body?.getReader()
  const decoder = new TextDecoder()
  let rest = ''
  const ended = (async () => {
    for (;;) {
      const { done, value } = (await reader?.read()) ?? { done: true, value: undefined }
      if (done) break
      rest += decoder.decode(value, { stream: true })
      const whole = rest.lastIndexOf('\n\n') + 2
      if (whole < 2) continue
      if (response.status === 200) messages.push(...messagesIn(rest.slice(0, whole)))
      rest = rest.slice(whole)
      for (const look of watching) look()
    }
  })()
  return {
    status: response.status,
    messages,
    told: () => messages.flatMap(changesOf).map(({ topic, firewallId, detail }) => [topic, firewallId, detail].filter(Boolean).join(' ')),
    until: (isThere, limitMs = 10_000) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (!isThere(messages)) return
          clearTimeout(timer)
          watching.delete(look)
          resolve()
        }
        const timer = setTimeout(() => reject(new Error(`After ${limitMs} ms this had come: ${JSON.stringify(messages)}`)), limitMs)
        watching.add(look)
        look()
      }),
    ended,
    close: async () => {
      await reader?.cancel()
    },
  }
}

/** Whether a change of a topic came; of a firewall and detail where they are given. */
export const told =
  (topic: string, firewallId?: string, detail?: string) =>
  (messages: readonly Message[]): boolean =>
    messages.flatMap(changesOf).some((change) => change.topic === topic && (firewallId === undefined || change.firewallId === firewallId) && (detail === undefined || change.detail === detail))

export const bearer = (token: string): Record<string, string> => ({ authorization: `Bearer ${token}` })

const opened: Following[] = []

/** A stream that has heard its first event; `closeStreams` closes it. */
export async function following(headers: Record<string, string>): Promise<Following> {
  const stream = await follow(headers)
  opened.push(stream)
  if (stream.status === 200) await stream.until((messages) => messages.length > 0)
  return stream
}

export const closeStreams = async (): Promise<void> => void (await Promise.all(opened.splice(0).map((stream) => stream.close())))

export const customerOf = async (id: string): Promise<string> => (await db().firewall.findUniqueOrThrow({ where: { id } })).customerId

let touches = 0
/** Changes something that is shown of a firewall. */
export const touch = (id: string) => db().firewall.update({ where: { id }, data: { stateReason: `reason ${(touches += 1)}` } })

/** Brings a stream to this moment, by a firewall of a customer that it hears of, and returns how many messages came: what comes after is new. */
export async function upToNow(stream: Following, customerId?: string): Promise<number> {
  const marker = await aFirewall()
  if (customerId) await db().firewall.update({ where: { id: marker }, data: { customerId } })
  await stream.until(told('firewall', marker))
  return stream.messages.length
}
