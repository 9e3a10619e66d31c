import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { isInstalled } from './install.mjs'
import { demandNode } from './prepare.mjs'
import { temporaryFolder } from './testing/sessions'

const undo: (() => unknown)[] = []
afterEach(() => {
  for (const part of undo.splice(0)) part()
})

function checkout(asked: object, written?: object): string {
  const folder = temporaryFolder()
  undo.push(folder.remove)
  mkdirSync(path.join(folder.path, 'node_modules'))
  writeFileSync(path.join(folder.path, 'package-lock.json'), JSON.stringify({ packages: { '': {}, ...asked } }))
  if (written) writeFileSync(path.join(folder.path, 'node_modules/.package-lock.json'), JSON.stringify({ packages: written }))
  return folder.path
}

const a = (version: string) => ({ 'node_modules/a': { version } })
const foreign = { 'node_modules/b-darwin': { version: '1.0.0', optional: true } }

describe('isInstalled', () => {
  it.each([
    ['everything is there', checkout({ ...a('1.0.0'), ...foreign }, a('1.0.0')), true],
    ['a package is older than the lock', checkout(a('1.0.1'), a('1.0.0')), false],
    ['a package is missing', checkout(a('1.0.0'), {}), false],
    ['the installation was killed half way', checkout(a('1.0.0')), false],
  ])('when %s', (_, root, expected) => {
    expect(isInstalled(root)).toBe(expected)
  })
})

describe('demandNode', () => {
  it('lets 20.19 and newer through', () => {
    expect(() => demandNode('20.19.0')).not.toThrow()
    expect(() => demandNode('24.0.0')).not.toThrow()
    expect(() => demandNode('20.18.3')).toThrow('Palisade needs Node.js 20.19 or newer, and this is 20.18.3. Install a newer one and start again.')
  })
})
