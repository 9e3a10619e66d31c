import { afterEach, beforeEach, expect, it } from 'vitest'
import { startFirewallServer, type FirewallServer } from './__fixtures__/firewall-server'
import { ask, failure, openTo } from './__fixtures__/open'
import { parseNetworks } from './address-policy'
import type { FirstReply } from './first-reply'
import { knock } from './knock'

const LOOPBACK = parseNetworks('127.0.0.0/8')
let server: FirewallServer
beforeEach(async () => (server = await startFirewallServer()))
afterEach(() => server.stop())

it('tells once how far the clock is off, when the certificate ends, and what one round trip takes', async () => {
  const seen: FirstReply[] = []
  server.handle((_, response) => response.setHeader('date', new Date(Date.now() + 90_000).toUTCString()).end('{}'))
  const transport = openTo(server, { firewallKey: 'first', onFirstReply: (first) => seen.push(first) })
  await ask(transport)
  await ask(transport)
  expect(seen).toHaveLength(1)
  // Whole seconds in the header, and seconds between writing and reading it on a busy machine.
  expect(Math.abs((seen[0]?.clockOffsetMs ?? 0) - 90_000)).toBeLessThan(20_000)
  expect(seen[0]?.roundTripMs).toBeGreaterThan(0)
  expect(seen[0]?.certificateEndsAt?.getTime()).toBeGreaterThan(Date.now() + 3_600 * 86_400_000)
  // An open connection says nothing about the way any more.
  await ask(openTo(server, { firewallKey: 'first', onFirstReply: (first) => seen.push(first) }))
  expect(seen[1]?.roundTripMs).toBeNull()
})

it('without a time that can be read the clock is not known', async () => {
  const seen: FirstReply[] = []
  server.handle((_, response) => response.setHeader('date', 'yesterday').end('{}'))
  await ask(openTo(server, { onFirstReply: (first) => seen.push(first) }))
  expect(seen[0]?.clockOffsetMs).toBeNull()
})

it('a knock opens a connection, says nothing and leaves; where nothing listens it fails as a call does', async () => {
  await knock(server.origin, { allowedNetworks: LOOPBACK })
  await expect.poll(() => server.sockets.size).toBe(0)
  expect(server.counts).toMatchObject({ connections: 1, handshakes: 0, requests: 0 })
  expect((await failure(knock('https://127.0.0.1:1', { allowedNetworks: LOOPBACK }))).code).toBe('firewall-unreachable')
  expect((await failure(knock(server.origin, { allowedNetworks: [] }))).code).toBe('firewall-address-forbidden')
})
