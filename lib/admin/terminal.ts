import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'

/** One line from standard input; typed characters are not shown on a terminal. The question goes to standard error. */
export function readLineFromTerminal(question: string): Promise<string> {
  process.stderr.write(question)
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({ input: process.stdin, output: silent, terminal: process.stdin.isTTY })
  return new Promise((resolve) => {
    lines.once('line', (line) => {
      process.stderr.write('\n')
      lines.close()
      resolve(line)
    })
    lines.once('close', () => resolve(''))
  })
}
