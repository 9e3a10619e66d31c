// What is looked at before and after an update: by the API where it tells, by one fixed command for the rest (contract section 7).
import type { z } from 'zod'
import type { ConnectOptions } from '@/lib/adapters/adapter'
import type { Fact, FirmwareFacts } from '@/lib/adapters/firmware-port'
import { factsWithoutCommands, readFactsOutput } from '@/lib/adapters/upgrade-command'
import { AppError, type ErrorCode } from '@/lib/core/errors'
import { MEMORY, type Caller } from './call'
import { COMMANDS } from './commands'
import { ENDPOINTS, type Endpoint } from './read-endpoints'
import { apiReply, commandReply, systemReply, versionReply } from './replies'

/** Errors of one part; all others concern the whole firewall. */
const PARTIAL: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['firewall-privilege-missing', 'firewall-not-reported', 'firewall-reply-not-understood', 'firewall-read-only'])
const NO_COMMANDS = 'The API does not tell this; it needs the command permission, which is off.'
const PENDING = 'The v1 API does not tell whether changes were saved and not applied.'
const NOT_TOLD = 'The firewall did not tell it.'

const unknown = (reason: string) => ({ known: false, reason }) as const

/** One after the other, so that a revoked credential fails once. */
export async function readFacts(caller: Caller, options: ConnectOptions, signal: AbortSignal): Promise<FirmwareFacts> {
  async function ask<S extends z.ZodType, R>(endpoint: Endpoint, schema: S, take: (reply: z.output<S>) => R | null): Promise<Fact<R>> {
    try {
      const value = take(await caller.get(endpoint, schema, signal))
      return value === null || value === '' ? unknown(NOT_TOLD) : { known: true, value, source: endpoint.path.replace('/api/v1/', '') }
    } catch (error) {
      if (error instanceof AppError && PARTIAL.has(error.code)) return unknown(error.message)
      throw error
    }
  }
  const version = await ask(ENDPOINTS.version, versionReply, (reply) => reply.version)
  // A fraction from 0 to 1 (contract section 7).
  const diskUsedPercent = await ask(ENDPOINTS.system, systemReply, ({ disk_usage: fraction }) => (fraction === null ? null : Math.round(fraction * 100)))
  const apiPackageKeepsSettings = await ask(ENDPOINTS.api, apiReply, ({ persist }) => persist)
  const release = await options.memory.get(MEMORY.apiVersion)
  const told = options.commandsAllowed ? await factsByCommand(caller, signal) : factsWithoutCommands(NO_COMMANDS)
  return {
    ...told,
    version,
    diskUsedPercent: told.diskUsedPercent.known ? told.diskUsedPercent : diskUsedPercent,
    // The API answers only when the system behind it does.
    booting: version.known ? { ...version, value: false } : version,
    pendingChanges: unknown(PENDING),
    apiPackageVersion: release === null ? unknown('The release of the API package was not told yet.') : { known: true, value: release, source: 'system/api/version' },
    apiPackageKeepsSettings,
  }
}

/** What the firewall refuses or answers oddly is not known; the rest of the facts stands. */
export async function factsByCommand(caller: Caller, signal: AbortSignal): Promise<ReturnType<typeof readFactsOutput>> {
  try {
    return readFactsOutput(await runCommand(caller, COMMANDS.readFacts, signal))
  } catch (error) {
    if (error instanceof AppError && PARTIAL.has(error.code)) return factsWithoutCommands(error.message)
    throw error
  }
}

/** What one of the fixed commands prints. */
export async function runCommand(caller: Caller, command: (typeof COMMANDS)[keyof typeof COMMANDS], signal: AbortSignal): Promise<string> {
  const { data } = await caller.post(ENDPOINTS.shortCommand, { shell_cmd: command }, signal)
  return commandReply.safeParse(data).data?.cmd_output ?? ''
}
