// Who of a pair goes first, by the roles of the moment.
import { describe, expect, it } from 'vitest'
import { judgePair } from './pair'

type Role = Parameters<typeof judgePair>[0]
const ROLES: readonly Role[] = ['master', 'backup', 'mixed', 'none', 'disabled']
const said = (own: Role, peer: Role, peerWaits = true, isFirst = true) => judgePair(own, peer, 'fw2', peerWaits, isFirst)?.event ?? 'goes'

describe('of a pair whose members both wait', () => {
  it.each<[Role, Role, string]>([['backup', 'master', 'goes'], ['master', 'backup', 'postponed'], ['mixed', 'backup', 'postponed'], ['backup', 'mixed', 'goes']])('%s beside %s: %s', (own, peer, wanted) => {
    for (const isFirst of [true, false]) expect(said(own, peer, true, isFirst)).toBe(wanted)
  })
  it('one goes first, and never both, whatever they are', () => {
    for (const one of ROLES)
      for (const other of ROLES) {
        const both = [said(one, other, true, true), said(other, one, true, false)]
        if (both.includes('held')) expect(both).toEqual(['held', 'held'])
        else expect([...both].sort()).toEqual(['goes', 'postponed'])
      }
  })
})

it('once the other one is behind, its own turn has come', () => {
  for (const own of ['master', 'mixed'] as const) for (const isFirst of [true, false]) expect(said(own, 'backup', false, isFirst)).toBe('goes')
})
it('two masters, two backups, none, and CARP that is off are for a person', () => {
  for (const [own, peer] of [['master', 'master'], ['backup', 'backup'], ['none', 'none'], ['disabled', 'master'], ['backup', 'disabled']] as const) expect(said(own, peer, false)).toBe('held')
})
