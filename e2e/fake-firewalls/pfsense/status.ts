// What a simulated pfSense says of its system while it starts, and by the fixed commands that look at an update.
import type { Reply } from '../exchange'
import { textOf, type Json } from '../json'
import { NO_BACKEND } from '../update-job'
import type { BaseUpgrade } from './upgrade'

const DISK = { used: 4_200_000, free: 9_400_000 }

/** Until the system behind the web server is there. */
export const bootingReply = (upgrade: BaseUpgrade, nowMs: number): Reply | null => upgrade.job.bootingReply(nowMs, NO_BACKEND)

/** `10 Days 00 Hour 00 Minute 00 Second`. */
export function uptimeText(upgrade: BaseUpgrade, nowMs: number): string {
  const seconds = upgrade.job.uptimeSeconds(nowMs)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${Math.floor(seconds / 86_400)} Days ${two(Math.floor(seconds / 3600) % 24)} Hour ${two(Math.floor(seconds / 60) % 60)} Minute ${two(seconds % 60)} Second`
}

export const diskPercent = (upgrade: BaseUpgrade, recorded: Json): number => (upgrade.job.health.diskFull ? 100 : Number(textOf(recorded)))

/** Answers to the two commands that only look; null for any other. The parts are recognised, not the exact text. */
export function lookingCommand(command: string, upgrade: BaseUpgrade, nowMs: number): string | null {
  const running = upgrade.isRunning(nowMs)
  if (/^stat -f "%m %z" \/cf\/conf\/upgrade_log\.txt .*pgrep -f "\[p]fSense-upgrade -y".*tail -c \d+ \/cf\/conf\/upgrade_log\.txt .*openssl base64 -A/s.test(command)) {
    const log = Buffer.from(upgrade.logLines(nowMs).map((line) => `${line}\n`).join('')).toString('base64')
    return [upgrade.logStamp(nowMs), running ? 'running' : 'idle', log].join('\n')
  }
  if (!command.includes('sysctl -n kern.boottime') || !command.includes('pfctl -s info')) return null
  const { health, bootedAtMs, options } = upgrade.job
  const free = health.diskFull ? 0 : DISK.free
  const total = DISK.used + free
  return [
    `boot={ sec = ${Math.floor(bootedAtMs / 1000)}, usec = 4711 } ${new Date(bootedAtMs).toUTCString()}`,
    `disk=zroot/ROOT/default ${total} ${DISK.used} ${free} ${Math.round((DISK.used / total) * 100)}% /`,
    `pf=Status: Enabled for ${Math.floor(upgrade.job.uptimeSeconds(nowMs) / 86_400)} days 00:01:02         Debug: Urgent`,
    `rules=${health.rulesLoaded ? 187 : 0}`,
    `check=${health.rulesLoaded ? 0 : 1}`,
    `lock=${options.lockLeft === true ? '/tmp/SystemUpdateDispatcher.lock' : ''}`,
    `run=${running ? '4711' : ''}`,
  ].join('\n')
}
