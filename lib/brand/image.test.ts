import { crc32, deflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { imageTypeOf } from './image'

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}
function png(width = 2, height = 2): Buffer {
  const head = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 2, 0, 0, 0])
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  const pixels = deflateSync(Buffer.alloc((width * 3 + 1) * Math.min(height, 4)))
  return Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), chunk('IHDR', head), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))])
}
const jpeg = (width: number, height: number) =>
  Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, 0xff, 0xc0, 0, 11, 8, height >> 8, height & 255, width >> 8, width & 255, 1, 1, 0x11, 0, 0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0, 1, 2, 3, 0xff, 0xd9])

describe('a logo', () => {
  it('is a whole PNG or JPEG', () => {
    expect(imageTypeOf(png())).toBe('image/png')
    expect(imageTypeOf(jpeg(16, 16))).toBe('image/jpeg')
  })
  it('is nothing else, whatever it begins with', () => {
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')
    const page = Buffer.from('<html><script>alert(1)</script></html>')
    const bad = [Buffer.alloc(0), svg, page, Buffer.from('GIF89a'), png().subarray(0, 20), png().subarray(0, -1), Buffer.concat([png(), svg]), Buffer.concat([png().subarray(0, 8), svg]), Buffer.concat([jpeg(4, 4), page]), jpeg(4, 4).subarray(0, -2), png(0, 4), png(5_000, 4), jpeg(5_000, 4), Buffer.from([0xff, 0xd8, 0xff, 0xd9]), Buffer.concat([Buffer.from([0xff, 0xd8]), page, Buffer.from([0xff, 0xd9])])]
    expect(bad.map(imageTypeOf)).toEqual(bad.map(() => null))
  })
  it('of any bytes is judged without an error', () => {
    for (let seed = 1; seed < 400; seed += 1) {
      const noisy = Buffer.from(seed % 2 === 0 ? png() : jpeg(8, 8))
      for (let at = seed % 7; at < noisy.length; at += 5 + (seed % 11)) noisy[at] = (seed * 31 + at * 17) & 255
      expect(() => imageTypeOf(noisy.subarray(0, noisy.length - (seed % 9)))).not.toThrow()
    }
  })
})
