// Every recorded pair is sent to a simulator in the situation of its recording; what comes back must have the same
// status, content type, keys and value types. A pair that is not replayed stands in recorded/not-covered.json with a reason.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Fleet, type FleetFirewall, startFleet } from './fleet'
import { isObject, type Json, objectOf, parseJson, textOf } from './json'
import { basic, type RawReply, sendRaw } from './raw-request'
import { FAMILY_NAMES, type FamilyName, recordedNames, recordedPair, type RecordedPair } from './recorded'
import { FRESH, labFirewall, situationOf } from './replay-situations'
import { shapeDifferences } from './shape'

const notCovered = objectOf(parseJson(readFileSync(new URL('./recorded/not-covered.json', import.meta.url), 'utf8')))
const reasonsOf = (family: FamilyName) => objectOf(notCovered[family])

let fleet: Fleet
let folder: string
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'palisade-replay-'))
  fleet = await startFleet({ folder })
})
afterAll(async () => {
  await fleet.stop()
  rmSync(folder, { recursive: true })
})

/** Pairs that only read a fresh firewall may share it. */
async function sharedFirewall(family: FamilyName, recording: string): Promise<FleetFirewall> {
  const options = labFirewall(family, recording, '')
  const name = `${family}-${options.version}`
  return fleet.get(name) ?? fleet.add({ ...options, name })
}

/** The recordings carry a description in place of a key and its secret. */
function keyHeader(firewall: FleetFirewall, recorded: string): Record<string, string> {
  const credential = (source: Json) => {
    const { key, secret } = objectOf(objectOf(source)['key-secret'])
    return basic(textOf(key), textOf(secret))
  }
  if (recorded.includes('user-config-readonly')) return basic('readonly-key', 'readonly-secret')
  if (recorded.includes('disabled user')) return basic('disabled-key', 'disabled-secret')
  if (recorded.includes('unknown key')) return basic('no-such-key', 'no-such-secret')
  if (recorded.includes('with only')) return credential(firewall.info.limited)
  return recorded.includes('<') ? credential(firewall.info.credentials) : { Authorization: recorded }
}

async function freshToken(firewall: FleetFirewall): Promise<Record<string, string>> {
  const target = firewall.info.family === 'pfsense-v1' ? '/api/v1/access_token' : '/api/v2/auth/jwt'
  const reply = await sendRaw(firewall.info.url, {
    method: 'POST',
    target,
    headers: { ...basic('admin', 'pfsense'), 'Content-Type': 'application/json' },
    body: '{}',
  })
  const data = objectOf(objectOf(parseJson(reply.body))['data'])
  return { Authorization: data['token'] === undefined ? `${textOf(data['client-id'])} ${textOf(data['client-token'])}` : `Bearer ${textOf(data['token'])}` }
}

async function replay(firewall: FleetFirewall, pair: RecordedPair, useFreshToken: boolean): Promise<RawReply> {
  const { method, path: target, headers, body } = pair.request
  const recorded = headers['Authorization']
  const keyed = recorded !== undefined && firewall.info.family === 'opnsense' ? keyHeader(firewall, recorded) : {}
  const token = useFreshToken ? await freshToken(firewall) : {}
  const text = body === null ? null : typeof body === 'string' ? body : JSON.stringify(body)
  return sendRaw(firewall.info.url, { method, target, headers: { ...headers, ...keyed, ...token }, body: text })
}

const typeOf = (headers: Record<string, string>) =>
  Object.entries(headers)
    .find(([name]) => name.toLowerCase() === 'content-type')?.[1]
    .toLowerCase()

function differences(recorded: RecordedPair['response'], actual: RawReply): string[] {
  if (isObject(recorded.body) || Array.isArray(recorded.body)) return shapeDifferences([recorded.body], [parseJson(actual.body)])
  const [wanted, found] = [textOf(recorded.body).trim(), actual.body.trim()]
  if ((wanted === '') !== (found === '')) return [`body: ${found === '' ? 'empty' : 'not empty'}, unlike the recording`]
  return wanted.slice(0, 5) === found.slice(0, 5) ? [] : [`body begins ${found.slice(0, 20)}, recorded ${wanted.slice(0, 20)}`]
}

for (const family of FAMILY_NAMES) {
  describe(family, () => {
    const covered = recordedNames(family).filter((name) => reasonsOf(family)[name] === undefined)

    test.each(covered)('%s', async (name) => {
      const { patch, before = [], advanceMs, atMs, freshToken: useFreshToken = false } = situationOf(family, name)
      const realNowMs = Date.now()
      if (atMs !== undefined) fleet.clock.set(atMs)
      const pair = recordedPair(family, name)
      const shared = situationOf(family, name) === FRESH && pair.request.method === 'GET' && pair.response.status !== 401
      const firewall = shared ? await sharedFirewall(family, name) : await fleet.add(labFirewall(family, name, `${family}-${name}`))
      if (patch !== undefined) await firewall.patch(patch)
      for (const earlier of before) await replay(firewall, recordedPair(family, earlier), useFreshToken)
      if (advanceMs !== undefined) fleet.clock.advance(advanceMs)
      const reply = await replay(firewall, pair, useFreshToken)
      if (!shared) await fleet.remove(firewall.info.name)
      fleet.clock.set(realNowMs)
      expect(reply.status).toBe(pair.response.status)
      expect(typeOf(reply.headers)).toBe(typeOf(pair.response.headers))
      expect(differences(pair.response, reply).join('\n')).toBe('')
    })

    test('every pair left out exists and has a reason', () => {
      for (const [name, reason] of Object.entries(reasonsOf(family))) {
        expect(recordedNames(family)).toContain(name)
        expect(textOf(reason).length).toBeGreaterThan(20)
      }
      expect(covered.length).toBeGreaterThan(80)
    })
  })
}
