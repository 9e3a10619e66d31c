import { describe, expect, it } from 'vitest'
import { Secret } from '@/lib/core/secret'
import { authorizationHeader, credentialMethods } from './credential'

const keySecret = (key: string, secret: string) => ({ method: 'key-secret', key: new Secret(key), secret: new Secret(secret) }) as const

describe('the credential', () => {
  it('is one Basic header of key and secret', () => {
    expect(authorizationHeader(keySecret('w86XNZob/8Oq8aC5r0kbNarNtdpoQU781fyoeaOBQsBwkXUt', 'XeD26XVrJ5ilAc/EmglCRC+0j2e57tRsjHwFepOseySWLM53pJASeTA3'))).toBe(
      `Basic ${Buffer.from('w86XNZob/8Oq8aC5r0kbNarNtdpoQU781fyoeaOBQsBwkXUt:XeD26XVrJ5ilAc/EmglCRC+0j2e57tRsjHwFepOseySWLM53pJASeTA3').toString('base64')}`,
    )
  })

  it('drops the blanks and line ends of a paste', () => {
    expect(authorizationHeader(keySecret(' key= \r\n', 'secret\n'))).toBe(`Basic ${Buffer.from('key=:secret').toString('base64')}`)
  })

  it.each(['a:b', 'a b', 'ä', 'a\nb', ''])('refuses a secret that the firewall would cut: %j', (secret) => {
    expect(() => authorizationHeader(keySecret('key', secret))).toThrow(
      expect.objectContaining({ code: 'invalid-input', details: { issues: [{ field: 'credential.secret', message: expect.any(String) }] } }),
    )
  })

  it('refuses the methods of other families', () => {
    expect(() => authorizationHeader({ method: 'basic', username: new Secret('a'), password: new Secret('b') })).toThrow(
      expect.objectContaining({ code: 'invalid-input' }),
    )
  })

  it('says where it is made and that it is shown once', () => {
    expect(credentialMethods.map((method) => method.method)).toEqual(['key-secret'])
    expect(credentialMethods[0]?.whereMade).toContain('once')
    expect(credentialMethods[0]?.whereMade).toContain('Palisade alone')
    for (const field of credentialMethods[0]?.fields ?? []) expect(field.help).not.toBe('')
  })
})
