import { spawn } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { childrenFile, endLeftOvers } from './children.mjs'
import { isAlive, recordOf, waitForEnd } from './processes.mjs'
import { supervisor } from './supervise.mjs'
import { temporaryFolder } from './testing/sessions'

let folder: ReturnType<typeof temporaryFolder>
let file: string
const undo: (() => unknown)[] = []

beforeEach(() => {
  folder = temporaryFolder()
  file = path.join(folder.path, 'processes.json')
})
afterEach(async () => {
  for (const part of undo.splice(0)) await part()
  folder.remove()
})

const IDLE = 'setInterval(() => {}, 1000)'
const STUBBORN = `process.on('SIGTERM', () => {}); ${IDLE}`

function keep(script: string, said: string[] = []) {
  const keeper = supervisor({ file: childrenFile(file), firstPauseMs: 10, onSay: (text) => said.push(text) })
  undo.push(() => keeper.stop(100))
  keeper.keep({ name: 'worker', args: ['-e', script], env: () => process.env })
  return keeper
}

describe('supervisor', () => {
  it('starts a child that died again and says so', async () => {
    const said: string[] = []
    const keeper = keep(IDLE, said)
    const first = recordOf(keeper.pidOf('worker'))
    process.kill(first.pid, 'SIGKILL')
    await vi.waitFor(
      () => {
        // The killed one is there for a moment longer.
        expect(keeper.pidOf('worker')).not.toBe(first.pid)
        expect(isAlive(recordOf(keeper.pidOf('worker') ?? 0))).toBe(true)
      },
      { timeout: 10_000 },
    )
    expect(said).toEqual(['The worker was ended by SIGKILL. It starts again in 0.01 s.'])
  })

  it('waits longer each time for one that dies at once', async () => {
    const said: string[] = []
    keep('process.exit(3)', said)
    await vi.waitFor(() => expect(said.length).toBeGreaterThanOrEqual(3), { timeout: 10_000 })
    expect(said.slice(0, 3)).toEqual(['0.01', '0.02', '0.04'].map((pause) => `The worker ended with code 3. It starts again in ${pause} s.`))
  })

  it('ends its children and starts none after that, also one that does not listen', async () => {
    const keeper = keep(STUBBORN)
    const child = recordOf(keeper.pidOf('worker'))
    await keeper.stop(100)
    expect(isAlive(child)).toBe(false)
    expect(keeper.pidOf('worker')).toBeUndefined()
    expect(readFileSync(file, 'utf8')).toBe('[]')
  })
})

describe('what a killed supervisor leaves', () => {
  const idle = () => {
    const child = spawn(process.execPath, ['-e', IDLE])
    undo.push(() => child.kill('SIGKILL'))
    return recordOf(child.pid)
  }

  it('is ended, while a process id that is used again is left alone', async () => {
    const [ours, another] = [idle(), idle()]
    writeFileSync(file, JSON.stringify([{ ...ours, name: 'worker' }, { ...another, mark: 'before', name: 'web process' }]))
    expect(await endLeftOvers(file)).toEqual(['worker'])
    expect(isAlive(ours)).toBe(false)
    expect(isAlive(another)).toBe(true)
    expect(existsSync(file)).toBe(false)
  })

  it('is nothing when there is no file, or only half of one', async () => {
    expect(await endLeftOvers(file)).toEqual([])
    writeFileSync(file, '[{"pid":')
    expect(await endLeftOvers(file)).toEqual([])
  })

  it('ends by itself when the child follows its supervisor', async () => {
    const follow = path.join(import.meta.dirname, 'follow-supervisor.mjs')
    const script = `const { spawn } = require('node:child_process')
      const child = spawn(process.execPath, ['--import', ${JSON.stringify(follow)}, '-e', "process.send('up'); ${IDLE}"], { detached: true, stdio: ['ignore', 'ignore', 'ignore', 'ipc'] })
      child.on('message', () => console.log(child.pid))`
    const parent = spawn(process.execPath, ['-e', script])
    const pid = await new Promise<number>((resolve) => parent.stdout.once('data', (chunk: Buffer) => resolve(Number(chunk.toString()))))
    const child = recordOf(pid)
    expect(isAlive(child)).toBe(true)
    parent.kill('SIGKILL')
    expect(await waitForEnd(child, 5000)).toBe(true)
  })
})
