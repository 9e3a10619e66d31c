// Cutting a configuration into pieces so that an edit changes the piece it stands in and no other.

const BYTES_MIN = 4 * 1024
const BYTES_MAX = 64 * 1024
/** Twelve of the upper bits: a cut every 4 kB on average after the least length, so pieces of about 8 kB. */
const CUT_MASK = 0xfff00000

/** One random number for each byte, the same for ever: other numbers would cut elsewhere and store everything anew. */
const GEAR = (() => {
  let state = 0x9e3779b9
  return Int32Array.from({ length: 256 }, () => {
    state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d)
    state = Math.imul(state ^ (state >>> 12), 0x297a2d39) ^ 0x5bd1e995
    return state ^ (state >>> 15)
  })
})()

/** Pieces of 4 to 64 kB, one after the other the whole. Where they end depends on the 32 bytes before the cut alone. */
export function cutIntoChunks(bytes: Buffer): Buffer[] {
  const chunks: Buffer[] = []
  let from = 0
  while (from < bytes.length) {
    const end = Math.min(from + BYTES_MAX, bytes.length)
    let at = Math.min(from + BYTES_MIN, end)
    let hash = 0
    for (; at < end; at += 1) {
      hash = ((hash << 1) + (GEAR[bytes[at] ?? 0] ?? 0)) | 0
      if ((hash & CUT_MASK) === 0 && at - from > BYTES_MIN + 32) break
    }
    chunks.push(bytes.subarray(from, at))
    from = at
  }
  return chunks
}
