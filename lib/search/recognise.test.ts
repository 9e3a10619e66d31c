import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { boundsOf, bitsOf, formatAddress, networksAround, parseAddress, type Address } from './ip'
import { readMac, recognise } from './recognise'

const shown = (line: string) =>
  recognise(line).map((meaning) => {
    switch (meaning.as) {
      case 'address':
        return `address ${meaning.address}`
      case 'network':
        return `network ${meaning.network}`
      case 'mac':
        return `${meaning.isWhole ? 'MAC' : 'part of a MAC'} ${meaning.mac}`
      case 'port':
        return `port ${meaning.port}`
      case 'text':
        return `text ${meaning.text}`
    }
  })

describe('what a line is taken for', () => {
  it.each([
    ['10.33.4.20', ['address 10.33.4.20']],
    ['  10.33.4.20 ', ['address 10.33.4.20']],
    ['2001:DB8:0:0::1', ['address 2001:db8::1']],
    ['::ffff:10.0.0.1', ['address ::ffff:a00:1']],
    ['fe80::1', ['address fe80::1']],
    ['10.0.0.0/8', ['network 10.0.0.0/8']],
    ['10.33.4.20/24', ['network 10.33.4.0/24']],
    ['2001:db8::/32', ['network 2001:db8::/32']],
    ['10.33.4.', ['network 10.33.4.0/24', 'text 10.33.4.']],
    ['10.33', ['network 10.33.0.0/16', 'text 10.33']],
    ['10.', ['network 10.0.0.0/8', 'text 10.']],
    ['2001:db8:', ['network 2001:db8::/32', 'text 2001:db8:']],
    ['2001:db8::', ['network 2001:db8::/32', 'text 2001:db8::']],
    ['10.0.0.256', ['text 10.0.0.256']],
    ['10.0.0.0/33', ['text 10.0.0.0/33']],
    ['3c:ec:ef:5b:90:1e', ['MAC 3c:ec:ef:5b:90:1e']],
    ['3C-EC-EF-5B-90-1E', ['MAC 3c:ec:ef:5b:90:1e']],
    ['3cec.ef5b.901e', ['MAC 3c:ec:ef:5b:90:1e']],
    ['3CECEF5B901E', ['MAC 3c:ec:ef:5b:90:1e']],
    ['3cecef-5b901e', ['MAC 3c:ec:ef:5b:90:1e']],
    ['0:c:29:1:2:3', ['MAC 00:0c:29:01:02:03']],
    ['3c:ec:ef', ['part of a MAC 3c:ec:ef']],
    ['3c:ec:ef:5', ['part of a MAC 3c:ec:ef:5']],
    ['3cec.ef5', ['part of a MAC 3c:ec:ef:5']],
    ['3cecef', ['text 3cecef', 'part of a MAC 3c:ec:ef']],
    ['decade', ['text decade', 'part of a MAC de:ca:de']],
    ['3c:ec', ['text 3c:ec']],
    ['443', ['port 443', 'text 443']],
    ['443/tcp', ['port 443', 'text 443/tcp']],
    [':8443', ['port 8443', 'text :8443']],
    ['0', ['text 0']],
    ['65536', ['text 65536']],
    ['backup_hosts', ['text backup_hosts']],
    ['Switch  backup robot', ['text Switch backup robot']],
    ['a', ['text a']],
  ])('%s', (line, meant) => void expect(shown(line)).toEqual(meant))
})

const address = fc.oneof(
  fc.bigInt({ min: 0n, max: (1n << 32n) - 1n }).map((value): Address => ({ version: 4, value })),
  fc.bigInt({ min: 0n, max: (1n << 128n) - 1n }).map((value): Address => ({ version: 6, value })),
  // Runs of zeros are where spellings differ.
  fc.array(fc.constantFrom(0n, 0n, 0n, 1n, 0xfffn), { minLength: 8, maxLength: 8 }).map((groups): Address => ({ version: 6, value: groups.reduce<bigint>((value, group) => value * 65_536n + group, 0n) })),
)
const long = ({ value }: Address) => Array.from({ length: 8 }, (_, at) => ((value >> BigInt(16 * (7 - at))) & 0xffffn).toString(16).padStart(4, '0')).join(':')

describe('addresses', () => {
  it('are the same after they were written and read', () => {
    fc.assert(fc.property(address, (one) => void expect(parseAddress(formatAddress(one))).toEqual(one)))
  })
  it('of any spelling are looked for in one', () => {
    fc.assert(fc.property(address.filter(({ version }) => version === 6), (one) => void expect(shown(long(one).toUpperCase())).toEqual([`address ${formatAddress(one)}`])))
  })
  it('lie in every network around them, and networks hold each other', () => {
    fc.assert(
      fc.property(address, fc.nat(128), (one, length) => {
        const bits = Math.min(length, bitsOf(one.version))
        const { first, last } = boundsOf(one, bits)
        expect(first.value <= one.value && one.value <= last.value).toBe(true)
        expect(last.value - first.value + 1n).toBe(1n << BigInt(bitsOf(one.version) - bits))
        const around = networksAround(one, bits)
        expect(around).toHaveLength(bits)
        expect(around).toEqual(networksAround(first, bits))
        if (bits > 0) expect(around[0]).toBe(`${formatAddress(first)}/${bits}`)
      }),
    )
  })
})

const digits = fc.array(fc.constantFrom(...'0123456789abcdef'), { minLength: 12, maxLength: 12 }).map((letters) => letters.join(''))
const pairs = (text: string) => text.match(/../g) ?? []
const NOTATIONS: Record<string, (text: string) => string> = {
  colons: (text) => pairs(text).join(':'),
  dashes: (text) => pairs(text).join('-').toUpperCase(),
  dots: (text) => (text.match(/..../g) ?? []).join('.'),
  halves: (text) => `${text.slice(0, 6)}-${text.slice(6)}`,
  bare: (text) => text.toUpperCase(),
  'no zeros': (text) => pairs(text).map((pair) => pair.replace(/^0/, '')).join(':'),
}

describe('MACs', () => {
  it.each(Object.keys(NOTATIONS).filter((name) => name !== 'no zeros'))('are read in the notation %s, and begin like what is typed of them', (name) => {
    const write = NOTATIONS[name] ?? String
    fc.assert(
      fc.property(digits, fc.integer({ min: 6, max: 11 }), (text, length) => {
        expect(readMac(write(text))).toMatchObject({ mac: pairs(text).join(':'), isWhole: true })
        const part = write(text).slice(0, write(text).length - (12 - length))
        const read = readMac(part)
        if (read) expect(pairs(text).join(':').startsWith(read.mac)).toBe(true)
      }),
    )
  })
  it('without their zeros', () => {
    fc.assert(fc.property(digits.filter((text) => pairs(text).slice(0, 5).some((pair) => pair.startsWith('0'))), (text) => void expect(readMac(NOTATIONS['no zeros']?.(text) ?? '')).toMatchObject({ mac: pairs(text).join(':'), isWhole: true })))
  })
  it('are never read out of anything at random', () => {
    fc.assert(fc.property(fc.string(), (text) => void expect(recognise(text).length).toBeGreaterThan(0)))
  })
})
