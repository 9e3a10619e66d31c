import { describe, expect, it } from 'vitest'
import { jsonBytes, toRevision } from './backup'
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
  it('is refused with a sentence when it is larger written anew than a reply may be', () => {
    const grown = { system: { numbers: Array<number>(50_000).fill(1e20) } }
    expect(() => jsonBytes(grown, 1_048_576)).toThrow(/larger than the 1 MiB .+\.$/)
    expect(jsonBytes(grown).length).toBeGreaterThan(1_048_576)
    expect(jsonBytes({ system: {} }).toString()).toBe('{"system":{}}\n')
  })
})
