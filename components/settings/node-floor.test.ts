import { expect, it } from 'vitest'
import floors from '@/security/floors.json'
import { nodeWarning } from './node-floor'

const lines = { 22: { atLeast: '22.23.4' }, 24: { atLeast: '24.22.1' } }

it.each([
  ['v22.23.4', null],
  ['22.24.0', null],
  ['v24.22.0', 'There are known advisories below 24.22.1. Update Node.js, then start Palisade again.'],
  ['v22.9.9', 'There are known advisories below 22.23.4. Update Node.js, then start Palisade again.'],
  ['v20.20.2', 'Node.js 20 gets no more security fixes. Palisade works with it; a newer line is safer.'],
  ['v23.1.0', 'Node.js 23 gets no more security fixes. Palisade works with it; a newer line is safer.'],
  ['v26.0.0', null],
])('says of %s: %s', (version, words) => expect(nodeWarning(version, lines)).toBe(words))

it('reads the table that is reviewed', () => expect(nodeWarning('v22.0.0', floors.node.lines)).toContain('22.'))
