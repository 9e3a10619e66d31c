import 'server-only'
import { createHash } from 'node:crypto'
import type { Family } from '@/lib/adapters/model'
import { sha256Of } from '@/lib/backups/sha256'
import { markKey, sectionDigester } from '@/lib/backups/vault'
import { parseConfiguration } from '@/lib/configuration/parse-on-thread'
import { openSection, type ParsedConfiguration, type TreeSection } from '@/lib/configuration/tree'

/** A configuration that is looked at and not kept: of its secrets only marks are left. */
export type SeenContent = {
  /** Of the bytes as the firewall gave them. */
  sha256: string
  /** A keyed hash of what counts in it; equal for two that differ in nothing but the firewall's own stamps. */
  digest: string
  sections: readonly TreeSection[]
}

async function digestOf({ sections }: ParsedConfiguration): Promise<string> {
  const digest = await sectionDigester()
  const lines = sections.filter(({ name }) => name !== 'volatile').map(({ name, bytes }) => `${name} ${digest(bytes)}`)
  return createHash('sha256').update(lines.sort().join('\n')).digest('hex')
}

/** Parses and masks on a thread of its own. Throws what parseConfiguration throws. */
export async function seeContent(bytes: Buffer, family: Family, signal: AbortSignal): Promise<SeenContent> {
  const parsed = await parseConfiguration(bytes, { family, format: 'xml', markKey: await markKey(), signal })
  const decoder = new TextDecoder()
  const sections = parsed.sections.map(({ name, bytes: section }) => openSection(name, JSON.parse(decoder.decode(section))))
  return { sha256: sha256Of(bytes), digest: await digestOf(parsed), sections }
}
