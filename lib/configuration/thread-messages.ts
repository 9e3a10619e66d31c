import type { ConfigurationShape } from '@/lib/adapters/configuration'
import type { ParsedConfiguration } from './tree'

export type ThreadTask = { bytes: Uint8Array; shape: ConfigurationShape; format: 'xml' | 'json'; markKey: Uint8Array }
/** `refusal: null` is a fault of ours. */
export type ThreadReply = { parsed: ParsedConfiguration; refusal?: never } | { parsed?: never; refusal: { message: string; nextStep: string | undefined } | null }
