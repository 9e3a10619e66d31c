import 'server-only'
import type { Tx } from '@/lib/db/client'

/** A section of the masked tree as it is stored: equal sections of one firewall have equal pieces. */
export type StoredSection = {
  name: string
  /** Keyed hash of the masked section; equal on two firewalls where the section is equal. */
  digest: string
  items: number
  chunks: readonly string[]
}
export type StoredContent = {
  id: string
  firewallId: string
  sha256: string
  bytes: number
  format: 'xml' | 'json'
  rawChunks: readonly string[]
  /** null = it could not be parsed; `parseError` says why. */
  sections: readonly StoredSection[] | null
  itemCount: number | null
  parseError: string | null
}

/** The content of a backup, without its bytes; null when there is none. Its caller has authorised backup:read for the firewall. */
export declare function contentOfBackup(backupId: string, tx?: Tx): Promise<StoredContent | null>

/** The bytes as the firewall gave them. Throws internal when a piece is missing or changed, or the whole has another SHA-256. */
export declare function readContentBytes(content: StoredContent, tx?: Tx): Promise<Buffer>

/** JSON values of the named sections of the masked tree, in no order; a name that is not there is left out. */
export declare function readSections(content: StoredContent, names: readonly string[], tx?: Tx): Promise<Map<string, unknown>>
