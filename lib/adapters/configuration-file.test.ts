import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { authorInXml, authorOf, fileFromCommand, momentOf, requireWholeXml } from './configuration-file'

const whole = (text: string) => () => requireWholeXml(Buffer.from(text), 'box')
const HEAD = '<?xml version="1.0"?>\n'

describe('a whole file', () => {
  it.each([
    ['plain', `${HEAD}<box>\n</box>\n`],
    ['with an encoding, a comment and attributes', `<?xml version="1.0" encoding="UTF-8"?>\n<!-- made by hand -->\n<box version="1">\n</box>`],
    ['with a byte order mark', `\uFEFF${HEAD}<box></box>`],
    ['with bytes that are no UTF-8', `${HEAD}<box>\xFF</box>`],
  ])('%s', (_, text) => expect(whole(text)).not.toThrow())

  it.each([
    ['nothing', ''],
    ['text', 'Login'],
    ['without a declaration', '<box></box>'],
    ['another root', `${HEAD}<boxes></boxes>`],
    ['cut', `${HEAD}<box><a></a>`],
    ['cut in its last mark', `${HEAD}<box></box`],
    ['something after it', `${HEAD}<box></box>\nfoo`],
    ['a document type', `${HEAD}<!DOCTYPE box>\n<box></box>`],
    ['an entity', `${HEAD}<!ENTITY a "b"><box></box>`],
    ['a JSON error', '{"errorMessage":"x"}'],
  ])('not %s', (_, text) => expect(whole(text)).toThrow(expect.objectContaining({ code: 'firewall-reply-not-understood', rawReply: undefined }) as Error))
})

describe('what a command printed', () => {
  const file = Buffer.from([0, 255, 13, 10, 65])
  const hash = createHash('sha256').update(file).digest('hex')
  const printed = (...lines: string[]) => lines.join('\n')
  it('is the file, byte for byte', () => expect(fileFromCommand(printed(hash, file.toString('base64'), hash)).equals(file)).toBe(true))
  it('also with line ends of another kind', () => expect(fileFromCommand(printed(hash, file.toString('base64'), hash).replaceAll('\n', '\r\n')).equals(file)).toBe(true))
  it.each([
    ['an error before it', printed('openssl: not found', hash, file.toString('base64'), hash)],
    ['one hash alone', printed(hash, file.toString('base64'))],
    ['no file', printed(hash, '', hash)],
    ['a cut file', printed(hash, file.toString('base64').slice(0, 4), hash)],
    ['a file in several lines', printed(hash, 'AP8N', 'CkE=', hash)],
  ])('not with %s', (_, output) => expect(() => fileFromCommand(output)).toThrow(expect.objectContaining({ code: 'firewall-reply-not-understood' }) as Error))
})

describe('who changed it last', () => {
  const block = (inner: string) => Buffer.from(`${HEAD}<box>\n\t<other><revision><username>nobody</username></revision></other>\n\t<revision>${inner}</revision>\n</box>`)
  it('stands below the root', () => {
    expect(authorInXml(block('<time>1763800000</time><description><![CDATA[admin@10.0.0.5 (Local Database): a <b> & c]]></description><username>admin@10.0.0.5 (Local Database)</username>'))).toEqual({ at: new Date(1_763_800_000_000), by: 'admin@10.0.0.5 (Local Database)', note: 'a <b> & c' })
    expect(authorInXml(block('<time>1795345853.97</time><description>a &amp;lt; b</description><username>root@127.0.0.1</username>'))).toEqual({ at: new Date(1_795_345_853_970), by: 'root@127.0.0.1', note: 'a &lt; b' })
  })
  it('may not be told', () => {
    expect(authorInXml(Buffer.from(`${HEAD}<box></box>`))).toBeNull()
    expect(authorInXml(block(''))).toEqual({ at: null, by: null, note: null })
    expect(authorOf('soon', '', ': ')).toEqual({ at: null, by: null, note: ':' })
  })
  it.each([['', null], ['0', null], ['-1', null], ['NaN', null], ['1e15', null], [null, null], ['1', 1_000]])('the time %s', (text, ms) => expect(momentOf(text)?.getTime() ?? null).toBe(ms))
})
