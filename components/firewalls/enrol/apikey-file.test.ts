import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseKeyFile } from './apikey-file'

describe('parseKeyFile', () => {
  it('reads a downloaded file with Windows line ends', () => {
    expect(parseKeyFile('key=w86XNZob/8Oq8aC5r0kbNarNtdpoQU781fyoeaOBQsBwkXUt\r\nsecret=puOyw0Ega3xZXeD26XVrJ5WYFepOseySWLM53pJASeTA3\r\n')).toEqual({
      key: 'w86XNZob/8Oq8aC5r0kbNarNtdpoQU781fyoeaOBQsBwkXUt',
      secret: 'puOyw0Ega3xZXeD26XVrJ5WYFepOseySWLM53pJASeTA3',
    })
  })

  it('splits at the first equals sign only', () => {
    expect(parseKeyFile('key=abc==\nsecret=de=f=')).toEqual({ key: 'abc==', secret: 'de=f=' })
  })

  it('takes either order, lone carriage returns, a byte order mark and lines of other kinds', () => {
    expect(parseKeyFile('\uFEFFsecret = s1\r# made for Palisade\rkey = k1\r')).toEqual({ key: 'k1', secret: 's1' })
  })

  it.each(['', 'key=abc', 'secret=abc', 'key=\nsecret=abc', 'abc', '=abc\nsecret=x'])('is null for %j', (text) => {
    expect(parseKeyFile(text)).toBeNull()
  })

  it('gives back any Base64 pair that was written into a file', () => {
    const value = fc.base64String({ minLength: 4, maxLength: 120 }).filter((text) => text.length > 0)
    fc.assert(
      fc.property(value, value, fc.constantFrom('\n', '\r\n', '\r'), (key, secret, end) => {
        expect(parseKeyFile(`key=${key}${end}secret=${secret}${end}`)).toEqual({ key, secret })
      }),
    )
  })
})
