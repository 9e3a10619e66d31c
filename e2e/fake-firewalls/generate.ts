// Deterministic values: the same name gives the same secret after a restart, the same size gives the same rows.
import { createHash } from 'node:crypto'

/** Bytes that follow from the firewall's name and what they are for. */
export function derivedBytes(name: string, purpose: string, count: number): Buffer {
  const blocks: Buffer[] = []
  for (let block = 0; block * 64 < count; block += 1) {
    blocks.push(createHash('sha512').update(`${name}\n${purpose}\n${block}`).digest())
  }
  return Buffer.concat(blocks).subarray(0, count)
}

export const derivedHex = (name: string, purpose: string, count: number) => derivedBytes(name, purpose, count).toString('hex')

/** A version 4 shaped uuid for the nth generated row. */
export function numberedUuid(purpose: string, index: number): string {
  const hex = derivedHex(purpose, String(index), 16)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** The nth host address of 10.64.0.0/10, enough for four million. */
export const numberedIp = (index: number) => `10.${64 + ((index >> 16) & 63)}.${(index >> 8) & 255}.${index & 255}`
export const numberedMac = (index: number) => `02:fe:${[24, 16, 8, 0].map((shift) => ((index >> shift) & 255).toString(16).padStart(2, '0')).join(':')}`

/** Cut to or filled up to `count` rows; without a count the rows stay as they are. */
export function sized<T>(rows: T[], count: number | undefined, make: (index: number) => T): T[] {
  if (count === undefined) return rows
  const more = Math.max(0, count - rows.length)
  return [...rows.slice(0, count), ...Array.from({ length: more }, (_, index) => make(index))]
}
