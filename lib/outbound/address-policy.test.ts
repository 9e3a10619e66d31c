import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkOrigin, isForbidden, isNotPublic, parseNetworks } from './address-policy'

const FORBIDDEN = `
0.0.0.0 0.1.2.3 127.0.0.1 127.255.255.254 127.1 0x7f.1 2130706433 017700000001 169.254.0.1 169.254.169.254 0xa9fea9fe 168.63.129.16
100.100.100.200 192.0.0.192 224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255
:: ::1 fe80::1 fe80::1%eth0 febf::1 ff02::1 ff0e::1 fd00:ec2::254 fd20:ce::254
::ffff:127.0.0.1 ::ffff:7f00:1 ::ffff:169.254.169.254 ::ffff:a9fe:a9fe ::ffff:0:127.0.0.1 ::127.0.0.1 ::a9fe:a9fe
64:ff9b::127.0.0.1 64:ff9b::a9fe:a9fe 64:ff9b:1::7f00:1 64:ff9b:1:7f00:0:100:: 2002:7f00:1:: 2002:a9fe:a9fe::1
2001:0:7f00:1:: 2001:0:4136:e378:8000:63bf:80ff:fffe 2001:0:808:808:0:0:5601:5601 2001:db8::5efe:127.0.0.1 2001:db8::200:5efe:169.254.169.254
nonsense 256.1.1.1 1.2.3.4.5 fe80 [::1]`
  .split(/\s+/)
  .slice(1)

const ALLOWED = `
10.0.0.1 10.255.255.254 172.16.0.1 172.31.255.254 192.168.1.1 100.64.0.1 100.127.255.254 192.0.2.1 198.51.100.7 203.0.113.9 8.8.8.8 223.255.255.254 126.0.0.1 128.0.0.1 169.253.0.1
169.255.0.1 fc00::1 fd12:3456::1 2001:db8::1 2606:4700::1111 ::ffff:10.0.0.1 ::ffff:192.168.1.1 64:ff9b::10.0.0.1 2002:a00:1::1 fd00:ec2::253 2001:db8::5efe:10.0.0.1`
  .split(/\s+/)
  .slice(1)

describe('isNotPublic', () => {
  it.each(FORBIDDEN)('refuses %s', (address) => expect(isNotPublic(address)).toBe(true))
  it.each(['10.0.0.1', '172.16.0.1', '172.31.255.254', '192.168.1.1', '100.64.0.1', '198.18.0.1', 'fc00::1', 'fd12:3456::1', 'fec0::1', '::ffff:10.0.0.1', '64:ff9b::10.0.0.1', '2002:a00:1::1', '2001:db8::5efe:10.0.0.1'])('refuses the private %s', (address) => expect(isNotPublic(address)).toBe(true))
  it.each(['8.8.8.8', '172.32.0.1', '192.169.0.1', '100.128.0.1', '2606:4700::1111', '64:ff9b::808:808'])('allows %s', (address) => expect(isNotPublic(address)).toBe(false))
})

describe('isForbidden', () => {
  it.each(FORBIDDEN)('refuses %s', (address) => expect(isForbidden(address, [])).toBe(true))
  it.each(ALLOWED)('allows %s', (address) => expect(isForbidden(address, [])).toBe(false))

  const octets = fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255))
  const hex = (high: number, low: number) => ((high << 8) | low).toString(16)

  it('judges every wrapping of an IPv4 address as the address itself', () => {
    fc.assert(
      fc.property(octets, ([a, b, c, d]) => {
        const plain = isForbidden(`${a}.${b}.${c}.${d}`, [])
        const tail = `${hex(a, b)}:${hex(c, d)}`
        for (const wrapped of [`::ffff:${tail}`, `64:ff9b::${tail}`, `2002:${tail}::1`, `2001:db8::5efe:${tail}`]) expect(isForbidden(wrapped, [])).toBe(plain)
      }),
      { numRuns: 500 },
    )
  })

  it('never lets a loopback, link-local or multicast address through in any spelling of its number', () => {
    const first = fc.constantFrom(0, 127, 224, 239, 240, 255)
    fc.assert(
      fc.property(first, octets, (a, [, b, c, d]) => {
        const number = ((a * 256 + b) * 256 + c) * 256 + d
        for (const text of [`${a}.${b}.${c}.${d}`, String(number), `0x${number.toString(16)}`, `::ffff:${a}.${b}.${c}.${d}`]) expect(isForbidden(text, [])).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  it('lets allowed networks override the denial, wrapped forms included, and nothing else', () => {
    const allowed = parseNetworks('127.0.0.0/8, fe80::/64 ::1')
    for (const address of ['127.0.0.1', '::ffff:127.9.9.9', 'fe80::1', '::1']) expect(isForbidden(address, allowed)).toBe(false)
    for (const address of ['169.254.169.254', 'fe80:0:0:1::1', '::ffff:169.254.169.254', '::']) expect(isForbidden(address, allowed)).toBe(true)
  })
})

describe('parseNetworks', () => {
  it('reads networks and single addresses', () => expect(parseNetworks(' 10.0.0.0/8,fd00::/8  192.0.2.1 ').map(([, bits]) => bits)).toEqual([8, 8, 32]))
  it('reads nothing from nothing', () => expect(parseNetworks(' ')).toEqual([]))
  it.each(['10.0.0.0/33', 'office', '10.0.0.0/'])('names %s as no network', (text) => expect(() => parseNetworks(`127.0.0.0/8 ${text}`)).toThrow(text))
})

describe('checkOrigin', () => {
  it.each([
    ['fw.example', 'https://fw.example'],
    ['fw.example:8443', 'https://fw.example:8443'],
    ['fw:8443', 'https://fw:8443'],
    ['fw:443', 'https://fw'],
    ['FW.Example.', 'https://fw.example'],
    ['https://fw.example/', 'https://fw.example'],
    ['https://fw.example/api', 'https://fw.example'],
    ['https://fw.example/api/', 'https://fw.example'],
    ['fw.example/ui/core/firmware#status', 'https://fw.example'],
    ['fw.example:8443/index.php?x=1', 'https://fw.example:8443'],
    ['  https://fw.example:443  ', 'https://fw.example'],
    ['HTTPS://fw.example', 'https://fw.example'],
    ['http://fw.example', 'http://fw.example'],
    ['http://10.0.0.1:80/', 'http://10.0.0.1'],
    ['//fw.example', 'https://fw.example'],
    ['10.0.0.1', 'https://10.0.0.1'],
    ['10.0.0.1:4443', 'https://10.0.0.1:4443'],
    ['2001:db8::1', 'https://[2001:db8::1]'],
    ['[2001:DB8::1]:8443', 'https://[2001:db8::1]:8443'],
    ['https://[2001:db8::1]', 'https://[2001:db8::1]'],
    ['bücher.example', 'https://xn--bcher-kva.example'],
    ['fw.example/a:b', 'https://fw.example'],
    ['fw.example?next=https://u:p@x', 'https://fw.example'],
    // The policy judges the address at connect; here it only has to come out as what it is.
    ['2130706433', 'https://127.0.0.1'],
    ['0x7f.1', 'https://127.0.0.1'],
    ['１２７.0.0.1', 'https://127.0.0.1'],
    ['[::ffff:169.254.169.254]', 'https://[::ffff:a9fe:a9fe]'],
  ])('reads %s as %s', (typed, origin) => expect(checkOrigin(typed)).toEqual({ ok: true, value: origin }))

  it.each([
    '', '   ', 'ftp://fw.example', 'file:///etc/passwd', 'gopher://fw', 'javascript:alert(1)', 'mailto:a@b', 'data:text/html,x', 'ssh://fw', 'https://user@fw.example', 'https://user:pass@fw.example',
    'user:pass@fw.example', 'https://@fw.example', 'https://fw.example:0', 'fw.example:0', 'https://fw.example:65536', 'https://fw.example:port', 'https:fw.example', 'https:/fw.example', 'http:10.0.0.1', 'https://', 'https:///',
    'https://fw.example\\@evil.example', 'https://fw .example', 'fw.exa\nmple', 'https://[::1', 'https://[fe80::1%25eth0]', 'fe80::1%eth0', 'https://fw.exam\u200bple', '.', '..', 'https://.', 'https://a..b/', 'https://%00', 'https://fw.example:80:80', '?', '#',
  ])('refuses %j with a sentence', (typed) => {
    const checked = checkOrigin(typed)
    expect(checked).toMatchObject({ ok: false })
    if (!checked.ok) expect(checked.error).toMatch(/^[A-Z].*\.$/)
  })

  it('gives an origin that reads as itself, without login, path or port 0, for any text', () => {
    const piece = fc.constantFrom('https://', 'http://', 'fw', '.', ':', '8443', '/', '@', '\\', '?', '#', '[', ']', '::1', '10.0.0.1', '%2e', 'a', '-', '//')
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.webUrl(), fc.array(piece, { maxLength: 8 }).map((parts) => parts.join(''))), (typed) => {
        const checked = checkOrigin(typed)
        if (!checked.ok) return
        const url = new URL(checked.value)
        expect(url.origin).toBe(checked.value)
        expect(['https:', 'http:']).toContain(url.protocol)
        expect([url.username, url.password, url.pathname, url.port === '0']).toEqual(['', '', '/', false])
        expect(checkOrigin(checked.value)).toEqual(checked)
      }),
      { numRuns: 2000 },
    )
  })
})
