// The command prompt of a simulated pfSense: the fixed commands that a dashboard sends, and honest failures for the rest.
import { createHash } from 'node:crypto'
import type { Counter } from '../counts'
import { lookingCommand } from './status'
import type { BaseUpgrade } from './upgrade'

/** `output` null: bytes that are not UTF-8, for which the packages answer with an empty body. */
export type ShellResult = { output: string | null; resultCode: number }
export type ShellContext = {
  upgrade: BaseUpgrade
  counter: Counter
  nowMs: number
  configXml: () => string
  extra: Map<string, { output: string; resultCode: number }>
}

const UPGRADE = /(?:^|[\s;&(])(?:\/usr\/local\/sbin\/)?pfSense-upgrade\s+([^;&|>]*)/
const done = (output: string): ShellResult => ({ output, resultCode: 0 })

function upgradeCommand(flags: string, context: ShellContext): ShellResult {
  if (/(^|\s)-[a-zA-Z]*[cC]\b/.test(flags)) return context.upgrade.check(context.nowMs)
  if (!/(^|\s)-y\b/.test(flags))
    return { output: 'usage: pfSense-upgrade [-46bdfhnRUy] [-l logfile] [-p socket] [-c|-u|-i PKG_NAME|-r PKG_NAME]', resultCode: 1 }
  context.counter.updateStart('command', context.nowMs, context.upgrade.start(context.nowMs, 'command', /(^|\s)-l\b/.test(flags)))
  return done('')
}

function fileCommand(command: string, context: ShellContext): ShellResult | null {
  const config = '/cf/conf/config.xml'
  const head = command.match(/^head -c (\d+) \/cf\/conf\/config\.xml(.*)$/)
  const whole = head?.[1] === undefined ? context.configXml() : context.configXml().slice(0, Number(head[1]))
  const base64 = () => done(Buffer.from(whole).toString('base64'))
  if (command === `cat ${config}` || (head !== null && head[2]?.trim() === '')) return done(whole.replace(/\n$/, ''))
  if (/^(openssl base64 -A -in|base64 -w 0|base64 -i) \/cf\/conf\/config\.xml$/.test(command)) return base64()
  if (/\/cf\/conf\/config\.xml \| openssl base64 -A$/.test(command)) return base64()
  if (/sha256 -q \/cf\/conf\/config\.xml$/.test(command)) return done(createHash('sha256').update(whole).digest('hex'))
  const tail = command.match(/^tail (?:-n ?|-)(\d+) \/cf\/conf\/upgrade_log\.txt$/)
  if (tail === null && command !== 'cat /cf/conf/upgrade_log.txt') return null
  const lines = context.upgrade.logLines(context.nowMs)
  return done(lines.slice(-Number(tail?.[1] ?? lines.length)).join('\n'))
}

function single(command: string, context: ShellContext): ShellResult {
  const extra = context.extra.get(command)
  if (extra !== undefined) return extra
  const upgrade = command.match(UPGRADE)
  if (upgrade?.[1] !== undefined) return upgradeCommand(upgrade[1], context)
  const file = fileCommand(command, context)
  if (file !== null) return file
  const echo = command.match(/^echo ([^;]*)(?:; exit (\d+))?$/)
  if (echo?.[1] !== undefined) return { output: echo[1].replace(/^"(.*)"$/, '$1'), resultCode: Number(echo[2] ?? 0) }
  if (command === String.raw`printf 'a\377b'`) return { output: null, resultCode: 0 }
  return { output: `sh: ${command.split(' ')[0] ?? ''}: not found`, resultCode: 127 }
}

/** Commands one after the other as long as each ends well. One prints no end of line: what comes next stands on the same line. */
function chain(commands: readonly string[], context: ShellContext): ShellResult {
  let printed = ''
  for (const command of commands) {
    const { output, resultCode } = command === 'echo' ? done('') : single(command, context)
    if (output === null) return { output, resultCode }
    printed += command.startsWith('openssl base64 -A') ? output : `${output}\n`
    if (resultCode !== 0) return { output: printed.replace(/\n+$/, ''), resultCode }
  }
  return done(printed.replace(/\n+$/, ''))
}

function run(command: string, context: ShellContext): ShellResult {
  const plain = command.trim().replace(/ 2>&1$/, '')
  return context.extra.has(plain) || !plain.includes(' && ') ? single(plain, context) : chain(plain.split(' && '), context)
}

/** Counts the command and runs it. A trailing `; echo "rc=$?"` prints the exit code, as a shell would. */
export function runCommand(command: string, context: ShellContext): ShellResult {
  context.counter.command(command)
  const withCode = command.match(/^(.*?)\s*;\s*echo "?([A-Za-z_ -]*[=: ])\$\?"?$/s)
  const known = context.extra.get(command)
  if (known !== undefined) return known
  const seen = lookingCommand(command, context.upgrade, context.nowMs)
  if (seen !== null) return done(seen)
  if (withCode?.[1] === undefined) return run(command, context)
  const result = run(withCode[1], context)
  if (result.output === null) return result
  return done([result.output, `${withCode[2] ?? ''}${result.resultCode}`].filter((line) => line !== '').join('\n'))
}
