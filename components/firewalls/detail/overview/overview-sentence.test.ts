import { describe, expect, it } from 'vitest'
import type { Gateway } from '@/lib/adapters/model'
import { overviewSentence } from './overview-sentence'

const gateway = (name: string, state: Gateway['state']): Gateway => ({
  name,
  state,
  interface: null,
  address: null,
  monitorAddress: null,
  reason: null,
  latencyMs: null,
  jitterMs: null,
  lossPercent: null,
  isDefault: null,
})
const firmware = {
  state: 'up-to-date',
  stateReason: null,
  offeredVersion: null,
  majorVersion: null,
  packageCount: null,
  downloadBytes: null,
  rebootRequired: null,
  checkedAt: null,
} as const

describe('overviewSentence', () => {
  it('is calm when nothing needs anyone', () => {
    expect(overviewSentence({ state: 'reachable', stateReason: null, firmware }, [gateway('WAN', 'online')])).toBe(
      'It answers, and nothing that Palisade watches needs anyone.',
    )
  })

  it('names the gateways instead of saying that something is wrong', () => {
    expect(
      overviewSentence({ state: 'degraded', stateReason: null, firmware }, [
        gateway('WAN1', 'offline'),
        gateway('WAN2', 'degraded'),
        gateway('LTE', 'degraded'),
      ]),
    ).toBe('WAN1 is offline, WAN2 and LTE are degraded.')
  })

  it('says when something is wrong that is no gateway', () => {
    expect(overviewSentence({ state: 'degraded', stateReason: null, firmware }, null)).toBe('It works, but not as it should.')
    expect(overviewSentence({ state: 'degraded', stateReason: 'kea-dhcp4 is stopped', firmware }, [gateway('WAN', 'online')])).toBe(
      'It works, but not as it should: kea-dhcp4 is stopped.',
    )
  })

  it('adds what is offered, never as up to date when it was never checked', () => {
    expect(
      overviewSentence(
        { state: 'unreachable', stateReason: null, firmware: { ...firmware, state: 'offered', offeredVersion: '2.8.1-RELEASE', rebootRequired: true } },
        null,
      ),
    ).toBe('It does not answer. What you see was stored at its last visit. 2.8.1 is offered, with a reboot.')
    expect(overviewSentence({ state: 'reachable', stateReason: null, firmware: { ...firmware, state: 'never-checked' } }, null)).toContain('never checked')
  })
})
