import type { FilePreview } from './dto'

export type FileText = { text: string; encoding: FilePreview['encoding'] }

const startsWith = (bytes: Uint8Array, ...first: number[]) => first.every((byte, at) => bytes[at] === byte)

/**
 * The text of a file as spreadsheets save it: UTF-8 with or without byte order mark, UTF-16 with one, else Windows-1252.
 * null when these bytes are no text, as those of a spreadsheet itself.
 */
export function textOfFile(bytes: Uint8Array): FileText | null {
  if (startsWith(bytes, 0x50, 0x4b, 0x03, 0x04) || startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0)) return null
  if (startsWith(bytes, 0xff, 0xfe)) return whole(new TextDecoder('utf-16le').decode(bytes), 'UTF-16')
  if (startsWith(bytes, 0xfe, 0xff)) return whole(new TextDecoder('utf-16be').decode(bytes), 'UTF-16')
  try {
    return whole(new TextDecoder('utf-8', { fatal: true }).decode(bytes), 'UTF-8')
  } catch {
    return whole(new TextDecoder('windows-1252').decode(bytes), 'Windows-1252')
  }
}

const whole = (text: string, encoding: FileText['encoding']): FileText | null => (text.includes('\0') ? null : { text, encoding })
