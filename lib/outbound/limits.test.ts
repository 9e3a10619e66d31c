import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { firewallError } from '@/lib/core/errors'
import { startFirewallServer, type FirewallServer } from './__fixtures__/firewall-server'
import { ask, failure, openTo, recordedAuthentications } from './__fixtures__/open'
import { closePool } from './pools'

let server: FirewallServer
beforeEach(async () => (server = await startFirewallServer()))
afterEach(() => server.stop())

describe('authentications', () => {
  const withCredential = { carriesCredential: true, headers: { 'x-api-key': 'k' } }

  it('are asked before and told after, success once', async () => {
    const { seen, port } = recordedAuthentications()
    const transport = openTo(server, { authentications: port })
    await ask(transport)
    expect(seen).toEqual({ before: 0, failed: 0, succeeded: 0 })
    for (let call = 0; call < 3; call += 1) await ask(transport, withCredential)
    expect(seen).toEqual({ before: 3, failed: 0, succeeded: 1 })
  })

  it('a 401 is told before the reply is returned, and only when a credential was sent', async () => {
    const order: string[] = []
    server.handle((_request, response) => response.writeHead(401).end())
    const authentications = { beforeSend: async () => undefined, succeeded: async () => undefined, failed: async () => void order.push('failed') }
    const transport = openTo(server, { authentications })
    await ask(transport)
    expect(order).toEqual([])
    await ask(transport, withCredential).then(({ status }) => order.push(String(status)))
    expect(order).toEqual(['failed', '401'])
  })

  it('nothing is sent when no try is left', async () => {
    const authentications = { ...recordedAuthentications().port, beforeSend: () => Promise.reject(firewallError('firewall-no-tries-left')) }
    expect((await failure(ask(openTo(server, { authentications }), withCredential))).code).toBe('firewall-no-tries-left')
    expect(server.counts.connections).toBe(0)
  })

  it('a credential that is not proven goes once: of eight calls at once, one reaches a firewall that refuses it', async () => {
    const { seen, port } = recordedAuthentications()
    server.handle((_request, response) => response.writeHead(401).end())
    const options = { authentications: port, firewallKey: 'refusing' }
    const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => ask(openTo(server, options), withCredential)))
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect([server.counts.requests, seen.failed]).toEqual([1, 1])
    closePool('refusing')
  })

  it('a credential that is proven goes in parallel', async () => {
    const transport = openTo(server)
    await ask(transport, withCredential)
    let waiting: (() => void)[] = []
    server.handle((_request, response) => {
      waiting.push(() => response.end('{}'))
      if (waiting.length < 2) return
      for (const answer of waiting) answer()
      waiting = []
    })
    // Neither is answered before both have arrived.
    expect(await Promise.all([ask(transport, withCredential), ask(transport, withCredential)])).toHaveLength(2)
  })

  it('takes the lease that the call names, and sends nothing without one', async () => {
    const leases: string[] = []
    const gate = { hold: async <T>(lease: string, _signal: AbortSignal, act: () => Promise<T>): Promise<T> => (leases.push(lease), act()) }
    await ask(openTo(server, { gate }), { lease: 'authentication' })
    expect(leases).toEqual(['authentication'])
    const busy = { hold: () => Promise.reject(firewallError('firewall-busy')) }
    expect((await failure(ask(openTo(server, { gate: busy })))).code).toBe('firewall-busy')
    expect(server.counts.requests).toBe(1)
  })
})
