import { describe, expect, it } from 'vitest'
import { toRevision } from './backup'
import { configHistoryReply, configurationReply, configurationRevision } from './replies'
import { recordedData } from './__fixtures__/fake-firewall'

describe('the newest revision', () => {
  it('of the recorded history', () => {
    expect(toRevision(configHistoryReply.parse(recordedData('status-log-config-history')))).toEqual({ id: '1763720000', at: new Date(1_763_720_000_000), by: 'admin@192.168.1.50 (Local Database)', note: 'lab change 1763720000', version: '24.1' })
  })
  it('is not known without entries', () => expect(toRevision([])).toBeNull())
})

describe('the configuration as JSON', () => {
  it('is kept as it is, in its order', () => {
    const recorded = recordedData('system-config')
    expect(JSON.stringify(configurationReply.parse(recorded))).toBe(JSON.stringify(recorded))
    expect(configurationRevision.parse(configurationReply.parse(recorded)['revision'])).toMatchObject({ time: '1763800000' })
  })
  it.each([['nothing', null], ['a list', []], ['an error', {}], ['a part', { system: {} }]])('is refused when it is %s', (_, value) => expect(configurationReply.safeParse(value).success).toBe(false))
})
