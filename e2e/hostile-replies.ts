// A firewall whose every word is hostile: what it really answers, with text of an attacker's choice in all that people read.
import { request as httpsRequest } from 'node:https'
import type { Json } from './fake-firewalls/json'
import type { FakeFirewall } from './fleet-client'

/** Fields that people read. Fields that a program reads stay, or the reply would only be refused as a whole. */
const WORDS =
  /^(descr|description|detail|hostname|intf_description|manufacturer|name|label|title|message|remark|comment|username|user|common_name|phase1desc|phase2desc|product_name)$/

const isObject = (value: Json): value is { [key: string]: Json } => typeof value === 'object' && value !== null && !Array.isArray(value)

function hostile(value: Json, text: string, key = ''): Json {
  if (typeof value === 'string') return WORDS.test(key) ? `${value} ${text}`.trim() : value
  if (Array.isArray(value)) return value.map((item) => hostile(item, text, key))
  return isObject(value) ? Object.fromEntries(Object.entries(value).map(([name, item]) => [name, hostile(item, text, name)])) : value
}

function headersFor(firewall: FakeFirewall): Record<string, string> {
  const basic = (values: (string | undefined)[]) => ({ authorization: `Basic ${Buffer.from(values.join(':')).toString('base64')}` })
  if (firewall.family === 'pfsense-v2') return { accept: 'application/json', 'x-api-key': firewall.credential('api-key').key ?? '' }
  const { key, secret } = firewall.family === 'opnsense' ? firewall.credential('key-secret') : {}
  const { username, password } = firewall.family === 'pfsense-v1' ? firewall.credential('basic') : {}
  return basic([key ?? username, secret ?? password])
}

function ask(firewall: FakeFirewall, method: string, path: string): Promise<Json | undefined> {
  const body = method === 'POST' ? JSON.stringify({ current: 1, rowCount: -1, searchPhrase: '' }) : ''
  const headers = { ...headersFor(firewall), ...(body !== '' && { 'content-type': 'application/json', 'content-length': String(body.length) }) }
  return new Promise((resolve, reject) => {
    // The certificate is the simulator's own.
    const call = httpsRequest(`${firewall.url}${path}`, { method, headers, rejectUnauthorized: false, agent: false }, (response) => {
      let text = ''
      response.on('data', (chunk: Buffer) => (text += chunk.toString()))
      response.on('end', () => {
        try {
          resolve(response.statusCode === 200 ? JSON.parse(text) : undefined)
        } catch {
          resolve(undefined)
        }
      })
    })
    call.on('error', reject)
    call.end(body)
  })
}

/** Changes every reply that Palisade has asked for so far. */
export async function makeHostile(firewall: FakeFirewall, text: string): Promise<void> {
  const replies: Record<string, Json> = {}
  for (const call of Object.keys((await firewall.counts()).byPath)) {
    const [method = '', path = ''] = call.split(' ')
    if (method !== 'GET' && firewall.family !== 'opnsense') continue
    const reply = await ask(firewall, method, path)
    if (reply === undefined) continue
    // pfSense wraps what it says; only the inside is replaced.
    const inside = firewall.family === 'opnsense' || !isObject(reply) ? reply : reply['data']
    if (inside !== undefined) replies[path] = hostile(inside, text)
  }
  await firewall.patch({ replies })
}
