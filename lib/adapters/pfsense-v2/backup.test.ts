import { describe, expect, it } from 'vitest'
import { toRevision } from './backup'
import { configHistoryReply } from './replies'
import { recordedData } from './__fixtures__/fake-firewall'

describe('the newest revision', () => {
  it('of the recorded history', () => {
    expect(toRevision(configHistoryReply.parse(recordedData('diagnostics-config-history')))).toEqual({ id: '1795346095', at: new Date(1_795_346_095_000), by: 'admin@127.0.0.1', note: 'Added REST API Key via API', version: '24.1' })
  })
  it.each([
    ['no entries', []],
    ['an entry without a time', [{ time: null, description: 'x', version: null }]],
  ])('is not known with %s', (_, history) => expect(toRevision(history)).toBeNull())
  it('may say nothing but its time', () => expect(toRevision([{ time: 5, description: null, version: null }])).toEqual({ id: '5', at: new Date(5_000), by: null, note: null, version: null }))
})
