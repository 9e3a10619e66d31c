import { spawn } from 'node:child_process'
import { err, ok, type Result } from '@/lib/core/result'

const DEADLINE_MS = 10_000
const OUTPUT_MAX = 4096

/**
 * Runs a command through `sh -c` for what it prints. The error is the end of a sentence ("… took longer than 10 seconds")
 * and never holds output: part of it may be the key.
 */
export function runKeyCommand(command: string, deadlineMs = DEADLINE_MS): Promise<Result<string, string>> {
  return new Promise((resolve) => {
    // A process group of its own, so that what the shell started ends with it.
    const child = spawn('/bin/sh', ['-c', command], { stdio: ['ignore', 'pipe', 'inherit'], detached: true })
    let output = ''
    let isOver = false
    const end = (result: Result<string, string>): void => {
      if (isOver) return
      isOver = true
      clearTimeout(timer)
      child.stdout.destroy()
      resolve(result)
    }
    const kill = (): void => {
      try {
        if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
      } catch {
        // It has ended by itself in this moment.
      }
    }
    const timer = setTimeout(() => {
      kill()
      end(err(`took longer than ${deadlineMs / 1000} seconds`))
    }, deadlineMs)
    child.stdout.setEncoding('utf8')
    child.stdout.on('data', (piece: string) => {
      output += piece
      if (output.length <= OUTPUT_MAX) return
      kill()
      end(err('prints more than a key'))
    })
    child.on('error', () => end(err('could not be started')))
    child.on('close', (exitCode, signal) => end(exitCode === 0 ? ok(output) : err(signal ? `was ended by ${signal}` : `ended with exit code ${exitCode}`)))
  })
}
