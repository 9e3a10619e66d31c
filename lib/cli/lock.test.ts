import { spawn } from 'node:child_process'
import { readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { tryLock, withLock } from './lock.mjs'
import { isAlive, recordOf, startMark } from './processes.mjs'
import { temporaryFolder } from './testing/sessions'

const undo: (() => unknown)[] = []
afterEach(() => {
  for (const part of undo.splice(0).reverse()) part()
})

function lockFile(): string {
  const folder = temporaryFolder()
  undo.push(folder.remove)
  return path.join(folder.path, 'lock')
}

const ended = async (): Promise<number> => {
  const child = spawn(process.execPath, ['-e', ''])
  await new Promise((resolve) => child.once('exit', resolve))
  return child.pid ?? 0
}

describe('startMark', () => {
  it('tells a live process from one that ended, and is steady', async () => {
    expect(startMark(process.pid)).toBe(startMark(process.pid))
    expect(startMark(await ended())).toBeNull()
    expect(startMark(0)).toBeNull()
  })

  it('does not take another process with the same id for the one it was', () => {
    expect(isAlive(recordOf())).toBe(true)
    expect(isAlive({ ...recordOf(), mark: `${recordOf().mark}1` })).toBe(false)
    expect(isAlive({ pid: process.pid, mark: '' })).toBe(false)
  })
})

describe('locks', () => {
  it('are held by one and name the holder with its note', () => {
    const file = lockFile()
    const first = tryLock(file, { url: 'http://localhost:3000' })
    const second = tryLock(file)
    expect(first.held).toBe(true)
    expect(second).toMatchObject({ held: false, holder: { pid: process.pid, url: 'http://localhost:3000' } })
    second.release()
    expect(tryLock(file).held).toBe(false)
    first.release()
    expect(tryLock(file).held).toBe(true)
  })

  it.each([
    ['a process that ended', async () => JSON.stringify({ pid: await ended(), mark: 'gone' })],
    ['a process id that is used again', () => Promise.resolve(JSON.stringify({ pid: process.pid, mark: 'another' }))],
    ['a file that is no lock', () => Promise.resolve('{"pid":')],
  ])('are taken over from %s', async (_, content) => {
    const file = lockFile()
    writeFileSync(file, await content())
    expect(tryLock(file).held).toBe(true)
    expect(readdirSync(path.dirname(file))).toEqual(['lock'])
  })

  it('let work run one at a time', async () => {
    const file = lockFile()
    let running = 0
    let most = 0
    await Promise.all(
      [1, 2, 3, 4].map(() =>
        withLock(file, async () => {
          most = Math.max(most, ++running)
          await new Promise((resolve) => setImmediate(resolve))
          running--
        }),
      ),
    )
    expect(most).toBe(1)
    expect(readdirSync(path.dirname(file))).toEqual([])
  })
})
