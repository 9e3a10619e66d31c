import { generateKeyPairSync } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { redactReply, redactValue } from './redact'
import { namesSecret } from './secret-names'

const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const PEM = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()

const SECRET_KEYS = ['password', 'passwd', 'user_password', 'passwordfld1', 'bcrypt-hash', 'sha512-hash', 'secret', 'client_secret', 'key', 'apiKey', 'privkey', 'private_key', 'prv', 'psk', 'preSharedKey', 'pre-shared-key', 'presharedkey', 'token', 'access_token', 'clientToken', 'authorization', 'Cookie', 'set-cookie', 'ldap_bindpw', 'radius_secret', 'rocommunity', 'crypt', 'otp_seed', 'passphrase', 'pppoe_password', 'x-api-key', 'authkey', '__csrf_magic']
const PLAIN_KEYS = ['name', 'descr', 'type', 'interface', 'address', 'version', 'status', 'monkey', 'bypass', 'passive', 'keyboard', 'compass', 'author', 'spinner']

// Text that cannot occur in the frame around it.
const plantedText = fc.stringMatching(/^[A-Za-z0-9!%&()*+,./:;?^_ ~-]{6,30}$/).map((text) => `Zq${text.trim()}Qz`)
const secretKey = fc.constantFrom(...SECRET_KEYS)

describe('namesSecret', () => {
  it.each(SECRET_KEYS)('knows %s', (key) => expect(namesSecret(key)).toBe(true))
  it.each(PLAIN_KEYS)('leaves %s alone', (key) => expect(namesSecret(key)).toBe(false))
})

describe('redactValue', () => {
  it('hides whatever stands below a key that names a secret, and nothing else', () => {
    expect(redactValue({ name: 'wan', password: 'x', psk: ['a', { deep: 'b', n: 7 }], empty: { password: '' }, has: { token: true, key: null }, mtu: 1500 })).toEqual({
      name: 'wan',
      password: '[secret]',
      psk: ['[secret]', { deep: '[secret]', n: '[secret]' }],
      empty: { password: '' },
      has: { token: true, key: null },
      mtu: 1500,
    })
  })

  it('hides the value beside the name of a secret', () => {
    expect(redactValue([{ name: 'password', value: 'hunter2' }, { name: 'mtu', value: '1500' }])).toEqual([{ name: 'password', value: '[secret]' }, { name: 'mtu', value: '1500' }])
  })

  it('keeps what a person needs for diagnosis', () => {
    const value = { path: '/usr/local/opnsense/service/templates/OPNsense/Unbound', id: '0193f5a6-7b2c-7d3e-8f4a-5b6c7d8e9f0a', mac: '00:11:22:33:44:55', ip: '2001:db8:1234:5678:9abc:def0:1234:5678', version: 'OPNsense 26.7.2-amd64', text: 'Firmware status requires to check for update first.' }
    expect(redactValue(value)).toEqual(value)
  })

  it('stops at a depth that would end the process', () => {
    let deep: unknown = 'Zq-secret'
    for (let level = 0; level < 20_000; level += 1) deep = [deep]
    expect(JSON.stringify(redactValue(deep))).not.toContain('Zq')
  })

  it('never shows a planted secret, wherever in a value it stands', () => {
    const tree = (key: string, secret: string): fc.Arbitrary<unknown> => {
      const leaf = fc.constantFrom<unknown>({ [key]: secret }, { [key]: [secret] }, { [key]: { inner: secret } }, { name: key, value: secret }, { note: `${key}=${secret}` }, { xml: `<x><${key}>${secret}</${key}></x>` }, { log: `PUT /x ${key}: ${secret}` })
      return fc.tuple(leaf, fc.array(fc.constantFrom('a', 'list', 'items'), { maxLength: 5 })).map(([value, path]) => path.reduce<unknown>((inner, name) => (name === 'list' ? [1, inner] : { [name]: inner, mtu: 1500 }), value))
    }
    fc.assert(
      fc.property(
        fc.tuple(secretKey, plantedText).chain(([key, secret]) => fc.tuple(fc.constant(secret), tree(key, secret))),
        ([secret, value]) => {
          expect(JSON.stringify(redactValue(value))).not.toContain(secret)
          expect(redactReply(JSON.stringify(value))).not.toContain(secret)
          expect(redactReply(`${JSON.stringify(value)} trailing`)).not.toContain(secret)
        },
      ),
      { numRuns: 2000 },
    )
  })
})

describe('redactReply', () => {
  const bytes = fc.uint8Array({ minLength: 32, maxLength: 96 }).map((array) => Buffer.from(array))
  const bare = fc.oneof(
    bytes.map((raw) => raw.toString('hex')),
    bytes.map((raw) => raw.toString('base64')),
    bytes.map((raw) => raw.toString('base64url')),
    bytes.map((raw) => `$2y$10$${raw.toString('base64url').padEnd(53, 'x').slice(0, 53)}`),
    bytes.map((raw) => `$6$rounds=5000$abcdefgh$${raw.toString('base64url')}`),
    bytes.map((raw) => `eyJhbGciOiJIUzI1NiJ9.${raw.toString('base64url')}.${raw.toString('base64url')}`),
    bytes.map((raw) => `-----BEGIN PRIVATE KEY-----\n${raw.toString('base64')}\n-----END PRIVATE KEY-----`),
    fc.constant(PEM),
    fc.constant(Buffer.from(PEM).toString('base64')),
  )
  // Anything of eight characters in a row from the secret part would be a leak.
  const pieces = (secret: string) => secret.replace(/^\$[^$]*\$\d*\$?(?:rounds=\d+\$)?(?:abcdefgh\$)?|-----[A-Z ]+-----|^eyJhbGciOiJIUzI1NiJ9/g, '').trim().match(/[A-Za-z0-9+/_-]{16}/g) ?? []

  it('never shows what looks like a secret, under any key and in any text', () => {
    fc.assert(
      fc.property(bare, fc.constantFrom('name', 'descr', 'note'), (secret, key) => {
        for (const text of [JSON.stringify({ [key]: secret }), JSON.stringify({ [key]: `before ${secret} after` }).replaceAll('/', '\\/'), `<p>${secret}</p>`, `line\n${secret}\nline`, `{"${key}": "${secret.replaceAll('\n', '\\n')}`]) {
          const shown = redactReply(text).replaceAll('\\/', '/')
          for (const piece of pieces(secret)) expect(shown).not.toContain(piece)
        }
      }),
      { numRuns: 1000 },
    )
  })

  it.each([
    ['Authorization: Basic YWRtaW46aHVudGVyMg==\nHost: fw', 'YWRtaW46'],
    ['set-cookie: PHPSESSID=a1b2c3; path=/', 'a1b2c3'],
    ['https://admin:hunter2@fw.example/list.txt', 'hunter2'],
    ['"url":"https:\\/\\/admin:hunter2@fw.example\\/list.txt"', 'hunter2'],
    ['{"password":"hunter2', 'hunter2'],
    ['{"password":"a\\"hunter2","x":1} nonsense', 'hunter2'],
    ["{'password': 'hunter2'}", 'hunter2'],
    ['password => hunter2', 'hunter2'],
    ['<password><![CDATA[hunter2]]></password>', 'hunter2'],
    ['<pre-shared-key type="x">hunter2</pre-shared-key>', 'hunter2'],
    ['{"log":"{\\"password\\":\\"hunter2\\"}"}', 'hunter2'],
    ['GET /api?token=hunter2&x=1', 'hunter2'],
    ['<input type="password" name="passwordfld" value="hunter2"/>', 'hunter2'],
    ['{"password": 12345678, "name": 1', '12345678'],
    ['-----BEGIN RSA PRIVATE KEY-----\nhunter2', 'hunter2'],
  ])('hides the secret in %j', (text, secret) => expect(redactReply(text)).not.toContain(secret))

  it('shows at most 4 kB, after redaction, of text of any length', () => {
    const secret = 'Zq'.repeat(5000)
    expect(redactReply(JSON.stringify({ password: secret, name: 'shown' }))).toBe('{"password":"[secret]","name":"shown"}')
    expect(redactReply('word '.repeat(100_000))).toHaveLength(4096)
  })

  it('shows no beginning of a secret that its window cuts', () => {
    for (let shift = 0; shift < 60; shift += 1) {
      const text = `-----BEGIN X-----${'A'.repeat(64 * 1024 - 60 - shift)}-----END X----- note f00dfeedf00dfeedf00dfeedf00dfeedf00dfeed ${'x '.repeat(100)}`
      expect(redactReply(text)).not.toContain('f00d')
    }
  })

  it('is linear for hostile text', () => {
    const before = process.cpuUsage()
    const hostile = ['a', 'a.', '<a ', '"', '\\', 'password=', 'password="', '<password>', '-----BEGIN A-----', 'a://', '$1$', 'eyJ', 'eyJaaaaaaaa.', ' ', 'a=\n', '\\n', 'http://', `${'a'.repeat(40)}\n`, `${'f'.repeat(31)}g`, '\\/', 'key:"\\', "'"]
    for (const piece of hostile) redactReply(piece.repeat(Math.ceil(65_536 / piece.length)))
    const { user, system } = process.cpuUsage(before)
    expect((user + system) / 1000).toBeLessThan(5_000)
  })
})
