import 'server-only'
import type { Family } from '@/lib/adapters/model'
import type { ParsedConfiguration } from './tree'

export type ParseOptions = {
  family: Family
  format: 'xml' | 'json'
  /** Key of the marks that stand for secrets, 32 bytes; the same for the whole installation, so that two firewalls can be compared. */
  markKey: Uint8Array
  signal: AbortSignal
}

/**
 * Parses and masks a configuration on a thread of its own, which has 60 s and a limit of memory and dies with the work.
 * Throws firewall-reply-not-understood with a sentence for what is no configuration or is refused: a document type, an
 * entity, more than 64 levels, 64 MiB or 2 million elements.
 */
export declare function parseConfiguration(bytes: Uint8Array, options: ParseOptions): Promise<ParsedConfiguration>
