// Whether bytes are one whole PNG or JPEG and nothing else. They are served from our own address, so what they say they are
// counts for nothing: only the structure does. Vector images are refused, because they can hold scripts.
import { LOGO_PIXELS_MAX, type LogoType } from './input'

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const CHUNK_BYTES = 12
const sized = (width: number, height: number): boolean => width > 0 && height > 0 && width <= LOGO_PIXELS_MAX && height <= LOGO_PIXELS_MAX

/** Chunk by chunk from IHDR to IEND, which ends the file. */
function isPng(bytes: Buffer): boolean {
  if (!bytes.subarray(0, PNG.length).equals(PNG)) return false
  for (let at = PNG.length, first = true; at + CHUNK_BYTES <= bytes.length; first = false) {
    const length = bytes.readUInt32BE(at)
    const type = bytes.toString('latin1', at + 4, at + 8)
    if (first && !(type === 'IHDR' && length === 13 && at + 16 + 8 <= bytes.length && sized(bytes.readUInt32BE(at + 8), bytes.readUInt32BE(at + 12)))) return false
    if (!/^[A-Za-z]{4}$/.test(type)) return false
    at += CHUNK_BYTES + length
    if (type === 'IEND') return at === bytes.length
  }
  return false
}

/** Frames with a size: baseline, extended, progressive. */
const FRAMES = [0xc0, 0xc1, 0xc2]
const SCAN = 0xda

/** Segment by segment to the first scan, with one frame before it; the end mark ends the file. */
function isJpeg(bytes: Buffer): boolean {
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xffd8 || bytes.readUInt16BE(bytes.length - 2) !== 0xffd9) return false
  for (let at = 2, framed = false; at + 9 < bytes.length; ) {
    const [mark, kind] = [bytes[at], bytes[at + 1]]
    if (mark !== 0xff || kind === undefined) return false
    if (kind === SCAN) return framed
    if (FRAMES.includes(kind)) framed = sized(bytes.readUInt16BE(at + 7), bytes.readUInt16BE(at + 5))
    at += 2 + bytes.readUInt16BE(at + 2)
  }
  return false
}

/** What the bytes are; null = neither, or not whole, or larger than 4,096 pixels. */
export function imageTypeOf(bytes: Buffer): LogoType | null {
  if (isPng(bytes)) return 'image/png'
  return isJpeg(bytes) ? 'image/jpeg' : null
}
