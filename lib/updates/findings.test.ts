import { expect, it } from 'vitest'
import { judge } from './judge'
import { look, unknowable } from './preflight-look'
import type { Snapshot } from './snapshot'

const SAID = 'The firewall reports: https://user:s3cret@mirror.example/repo failed'
const unknown = { known: false, reason: SAID } as const
const snapshot: Snapshot = { version: unknown, bootedAt: unknown, rulesLoaded: unknown, gateways: unknown, services: unknown, interfaces: unknown, tunnels: unknown, carp: unknown }

it('what is found before and after an update is kept without secrets of the firewall', () => {
  const before = [look('peer', 'Peer well', 'read now', null, { event: 'held', reason: 'peer', message: SAID }), unknowable('disk', 'Disk', SAID)].map(({ check }) => check)
  const after = judge(snapshot, snapshot, { kind: 'minor', toVersion: '26.7.2', fromVersion: '26.7.1', rebootDue: true, startedAt: new Date(), isSameVersion: () => false })
  expect(JSON.stringify([before, after])).not.toContain('s3cret')
  expect([...before, ...after].filter(({ finding }) => finding?.includes('user:(hidden)@')).length).toBeGreaterThan(4)
})
