// The simulated fleet from a test's process: its control server speaks JSON.
import { z } from 'zod'
import type { Counts } from './fake-firewalls/counts'
import type { AddOptions, PatchOptions } from './fake-firewalls/options'
import { shared } from './shared'

const credentials = z.record(z.string(), z.record(z.string(), z.string()))
const info = z.object({
  name: z.string(),
  family: z.enum(['opnsense', 'pfsense-v1', 'pfsense-v2']),
  version: z.string(),
  url: z.string(),
  port: z.number(),
  sha256: z.string(),
  credentials,
  limited: credentials,
})
type Info = z.infer<typeof info>

async function control(method: string, path: string, body?: unknown): Promise<unknown> {
  const response = await fetch(`${shared().controlUrl}/${path}`, { method, ...(body !== undefined && { body: JSON.stringify(body) }) })
  const answer: unknown = await response.json()
  if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`)
  return answer
}

export type FakeFirewall = Info & {
  /** Values of a credential method, `limited` for the user with few privileges. */
  credential(method: string, of?: 'credentials' | 'limited'): Record<string, string>
  patch(options: PatchOptions): Promise<FakeFirewall>
  counts(): Promise<Counts>
}

function fakeFirewall(values: Info): FakeFirewall {
  const at = `firewalls/${encodeURIComponent(values.name)}`
  return {
    ...values,
    credential(method, of = 'credentials') {
      const found = values[of][method]
      if (found === undefined) throw new Error(`${values.name} has no credential of the method ${method}.`)
      return found
    },
    patch: async (options) => fakeFirewall(info.parse(await control('PATCH', at, options))),
    counts: async () => (await control('GET', `${at}/counts`)) as Counts,
  }
}

/** Each test file has its own names; one that begins anew after a failure starts with new firewalls. */
export async function addFirewall(options: AddOptions): Promise<FakeFirewall> {
  const known = z.array(info).parse(await control('GET', 'firewalls'))
  if (known.some(({ name }) => name === options.name)) await control('DELETE', `firewalls/${encodeURIComponent(options.name)}`)
  return fakeFirewall(info.parse(await control('POST', 'firewalls', options)))
}
