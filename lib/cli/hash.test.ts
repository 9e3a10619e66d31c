import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { hashOf } from './hash.mjs'
import { temporaryFolder } from './testing/sessions'

let folder: ReturnType<typeof temporaryFolder>
beforeEach(() => {
  folder = temporaryFolder()
  mkdirSync(path.join(folder.path, 'lib'))
  write('lib/a.ts', '1')
  write('lib/a.test.ts', '1')
})
afterEach(() => folder.remove())

const write = (name: string, content: string) => writeFileSync(path.join(folder.path, name), content)
const hash = () => hashOf(folder.path, ['lib', 'next.config.js'], (file) => file.endsWith('.test.ts'))

describe('hashOf', () => {
  it('changes with contents, names and places, and not with what is skipped', () => {
    const seen = [hash()]
    write('lib/a.test.ts', '2')
    expect(hash()).toBe(seen[0])
    for (const change of [() => write('lib/a.ts', '2'), () => write('lib/b.ts', ''), () => write('next.config.js', ''), () => rmSync(path.join(folder.path, 'lib/a.ts'))]) {
      change()
      expect(seen).not.toContain(hash())
      seen.push(hash())
    }
  })
})
