// What is looked at before and after an update: by the API where it tells, by one fixed command for the rest (contract section 7).
import type { z } from 'zod'
import type { ConnectOptions } from '@/lib/adapters/adapter'
import type { Fact, FirmwareFacts } from '@/lib/adapters/firmware-port'
import { factsWithoutCommands, readFactsOutput } from '@/lib/adapters/upgrade-command'
import { AppError, type ErrorCode } from '@/lib/core/errors'
import type { Caller } from './call'
import { COMMANDS } from './commands'
import { toUptimeSeconds } from './map-system'
import { ENDPOINTS as AT, type Endpoint } from './read-endpoints'
import * as wire from './replies'

/** Errors of one part; all others concern the whole firewall. */
const PARTIAL: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['firewall-privilege-missing', 'firewall-not-reported', 'firewall-reply-not-understood', 'firewall-read-only'])
const NO_COMMANDS = 'The API does not tell this; it needs the command permission, which is off.'
const NOT_TOLD = 'The firewall did not tell it.'

const unknown = (reason: string) => ({ known: false, reason }) as const

/** One after the other: the first proves the credential before a second could fail on it too. */
export async function readFacts(caller: Caller, options: ConnectOptions, signal: AbortSignal): Promise<FirmwareFacts> {
  async function ask<S extends z.ZodType, R>(endpoint: Endpoint, schema: S, take: (reply: z.output<S>) => R | null): Promise<Fact<R>> {
    try {
      const value = take(await caller.get(endpoint, schema, signal))
      return value === null ? unknown(NOT_TOLD) : { known: true, value, source: endpoint.path.replace('/api/v2/', '') }
    } catch (error) {
      if (error instanceof AppError && PARTIAL.has(error.code)) return unknown(error.message)
      throw error
    }
  }
  const version = await ask(AT.systemVersion, wire.versionReply, (reply) => reply.version)
  const system = await ask(AT.systemStatus, wire.systemStatusReply, (reply) => reply)
  const pendingChanges = await ask(AT.pendingChanges, wire.pendingChangesReply, ({ applied }) => (applied === null ? null : !applied))
  const apiPackageVersion = await ask(AT.apiVersion, wire.apiVersionReply, (reply) => reply.current_version)
  const apiPackageKeepsSettings = await ask(AT.apiSettings, wire.apiSettingsReply, (reply) => reply.keep_backup)
  const told = options.commandsAllowed ? await factsByCommand(caller, signal) : factsWithoutCommands(NO_COMMANDS)
  return {
    ...told,
    version,
    bootedAt: told.bootedAt.known ? told.bootedAt : from(system, ({ uptime }) => startOf(uptime, options.now())),
    diskUsedPercent: told.diskUsedPercent.known ? told.diskUsedPercent : from(system, (status) => status.disk_usage),
    // The API answers only when the system behind it does.
    booting: version.known ? { ...version, value: false } : version,
    pendingChanges,
    apiPackageVersion,
    apiPackageKeepsSettings,
  }
}

/** What the firewall refuses or answers oddly is not known; the rest of the facts stands. */
export async function factsByCommand(caller: Caller, signal: AbortSignal): Promise<ReturnType<typeof readFactsOutput>> {
  try {
    const { output } = await caller.post(AT.shortCommand, { command: COMMANDS.readFacts }, wire.commandReply, signal)
    return readFactsOutput(output)
  } catch (error) {
    if (error instanceof AppError && PARTIAL.has(error.code)) return factsWithoutCommands(error.message)
    throw error
  }
}

function from<T, R>(fact: Fact<T>, take: (value: T) => R | null): Fact<R> {
  if (!fact.known) return fact
  const value = take(fact.value)
  return value === null ? unknown(NOT_TOLD) : { known: true, value, source: fact.source }
}

/** By our clock, to a second. */
export function startOf(uptime: string | null, now: Date): string | null {
  const seconds = toUptimeSeconds(uptime)
  return seconds === null ? null : new Date((Math.floor(now.getTime() / 1000) - seconds) * 1000).toISOString()
}
