import { describe, expect, it } from 'vitest'
import { familyModule } from '@/lib/adapters/registry'
import { AppError } from '@/lib/core/errors'
import { MARK_KEY } from '@/lib/testing/configurations'
import { parseNow } from './parse'
import { parseConfiguration } from './parse-on-thread'

const LIMIT_MS = 200
const text = (source: string) => new TextEncoder().encode(source)
const laughs = Array.from({ length: 9 }, (_, level) => `<!ENTITY lol${level + 1} "${`&lol${level};`.repeat(10)}">`).join('')
const inside = (source: string) => `<?xml version="1.0"?><pfsense><system>${source}</system></pfsense>`

const ATTACKS: readonly (readonly [name: string, bytes: Uint8Array, because: RegExp])[] = [
  ['an external entity', text('<?xml version="1.0"?><!DOCTYPE pfsense [<!ENTITY x SYSTEM "file:///etc/passwd">]><pfsense>&x;</pfsense>'), /document type/],
  ['a parameter entity over the network', text('<!DOCTYPE a [<!ENTITY % d SYSTEM "http://127.0.0.1:9/x.dtd"> %d;]><pfsense/>'), /document type/],
  ['a billion laughs', text(`<!DOCTYPE lolz [<!ENTITY lol0 "lol">${laughs}]><pfsense>&lol9;</pfsense>`), /document type/],
  ['a document type in small letters', text('<!doctype pfsense><pfsense/>'), /line 1/],
  ['an entity that nobody defined', text(inside('&xxe;')), /line 1/],
  ['10,000 levels', text(inside('<a>'.repeat(10_000) + '</a>'.repeat(10_000))), /nested more than 64/],
  ['10,000 levels that are never closed', text(`<pfsense>${'<a>'.repeat(10_000)}`), /nested more than 64/],
  ['a huge attribute', text(inside(`<a x="${'y'.repeat(20_000_000)}"/>`)), /without end/],
  ['a large attribute', text(inside(`<a x="${'y'.repeat(3_000_000)}"/>`)), /attributes without end/],
  ['a thousand attributes by the hundred', text(inside(`<a ${Array.from({ length: 20_000 }, (_, n) => `a${n}="${n}"`).join(' ')}/>`)), /attributes without end/],
  ['a name without end', text(`<pfsense><${'n'.repeat(20_000_000)}/></pfsense>`), /without end/],
  ['a text without end', text(`<pfsense><a>${'t'.repeat(30_000_000)}`), /text without end/],
  ['CDATA without end', text(`<pfsense><a><![CDATA[${'t'.repeat(30_000_000)}`), /text without end/],
  ['CDATA full of tags', text(`<pfsense><a><![CDATA[${'<b>'.repeat(10_000_000)}]]></a></pfsense>`), /text without end/],
  ['a comment without end', text(`<pfsense><!--${'-x'.repeat(15_000_000)}`), /text without end/],
  ['an element that is not closed', text('<pfsense><system><hostname>fw</hostname>'), /line 1/],
  ['elements that cross', text('<pfsense><system><a></system></a></pfsense>'), /line 1/],
  ['processing instructions', text(`<pfsense>${'<?php system("id"); ?>'.repeat(50_000)}</pfsense>`), /processing instruction/],
  ['a style sheet', text('<?xml-stylesheet href="http://127.0.0.1/x"?><pfsense/>'), /processing instruction/],
  ['UTF-16', new Uint8Array(Buffer.from('\ufeff<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x><pfsense/>', 'utf16le')), /zero byte/],
  ['UTF-7 that says so', text('<?xml version="1.0" encoding="UTF-7"?><pfsense>+ADwAIQ-DOCTYPE x+AD4-</pfsense>'), /UTF-8/],
  ['bytes that are not UTF-8', new Uint8Array([0x3c, 0x61, 0x3e, 0xc0, 0xbc, 0x3c, 0x2f, 0x61, 0x3e]), /UTF-8/],
  ['a zero byte', text('<pfsense>\u0000</pfsense>'), /zero byte/],
  ['a control character that XML does not have', text(inside('\u0001mark\u0002')), /line 1/],
  ['the same as a number', text(inside('&#1;mark&#2;')), /line 1/],
  ['another root', text('<html><body/></html>'), /not the configuration/],
  ['two roots', text('<pfsense><a/></pfsense><pfsense/>'), /line 1/],
  ['nothing', text(''), /line|empty/],
  ['JSON where XML was said', text('{"system":{}}'), /line 1/],
]

/** Processor time that parsing takes, the best of three: what is measured is the parser, not who else uses the machine. */
function milliseconds(bytes: Uint8Array, format: 'xml' | 'json'): number {
  let best = Infinity
  for (let tries = 0; tries < 3 && best > LIMIT_MS; tries += 1) {
    const before = process.cpuUsage()
    expect(() => parseNow(bytes, { shape: familyModule('pfsense-v1').configuration, format, markKey: MARK_KEY })).toThrow(AppError)
    const { user, system } = process.cpuUsage(before)
    best = Math.min(best, (user + system) / 1000)
  }
  return best
}
const onThread = (bytes: Uint8Array, format: 'xml' | 'json') => parseConfiguration(bytes, { family: 'pfsense-v1', format, markKey: MARK_KEY, signal: AbortSignal.timeout(25_000) })

describe('attack files', () => {
  it.each(ATTACKS)('%s is refused with a sentence, soon', async (_, bytes, because) => {
    await expect(onThread(bytes, 'xml')).rejects.toMatchObject({ name: 'AppError', code: 'firewall-reply-not-understood', message: expect.stringMatching(because) })
    expect(milliseconds(bytes, 'xml')).toBeLessThan(LIMIT_MS)
  })

  it.each([
    ['100,000 levels', `{"system":${'['.repeat(100_000)}`, /nested/],
    ['no JSON', '{"system":', /not JSON/],
    ['something else', '{"hello":"world"}', /not the configuration/],
    ['a list', '[1,2]', /not the configuration/],
  ])('JSON with %s is refused', async (_, source, because) => {
    await expect(onThread(text(source), 'json')).rejects.toMatchObject({ code: 'firewall-reply-not-understood', message: expect.stringMatching(because) })
    expect(milliseconds(text(source), 'json')).toBeLessThan(LIMIT_MS)
  })

  it('more elements than allowed end the thread, and the process goes on', async () => {
    const flood = text(`<pfsense><system>${'<a/>'.repeat(2_000_100)}</system></pfsense>`)
    const options = { family: 'pfsense-v2', format: 'xml', markKey: MARK_KEY, signal: AbortSignal.timeout(25_000) } as const
    await expect(parseConfiguration(flood, options)).rejects.toThrow('2 million elements')
    const parsed = await parseConfiguration(text('<pfsense><system><hostname>fw</hostname></system></pfsense>'), options)
    expect(parsed.itemCount).toBe(1)
  })

  it('who asks may give up', async () => {
    const asked = new AbortController()
    const parsing = parseConfiguration(text(inside('<a/>'.repeat(500_000))), { family: 'pfsense-v2', format: 'xml', markKey: MARK_KEY, signal: asked.signal })
    asked.abort(new Error('not wanted any more'))
    await expect(parsing).rejects.toThrow('not wanted any more')
  })
})
