import { expect, it } from 'vitest'
import { shortFingerprint, shortVersion, splitFamilyLabel, versionRange } from './versions'

it('drops the packaging suffix only', () => {
  expect(shortVersion('2.8.1-RELEASE')).toBe('2.8.1')
  expect(shortVersion('2.7.2-RELEASE (amd64)')).toBe('2.7.2')
  expect(shortVersion('26.7.1_2')).toBe('26.7.1_2')
})
it('splits a family into product and API', () => {
  expect(splitFamilyLabel('OPNsense')).toEqual({ product: 'OPNsense', api: null })
  expect(splitFamilyLabel('pfSense (API package v1)')).toEqual({ product: 'pfSense', api: 'v1' })
  expect(splitFamilyLabel('pfSense, REST API v2')).toEqual({ product: 'pfSense', api: 'v2' })
})
it('says which versions were tested', () => {
  expect(versionRange(['25.1', '25.7', '26.7'])).toBe('25.1 to 26.7')
  expect(versionRange(['2.7', '2.10'])).toBe('2.7 and 2.10')
  expect(versionRange(['1.9'])).toBe('1.9')
  expect(versionRange([])).toBe('')
})
it('shortens a fingerprint to both ends', () => expect(shortFingerprint('610ed377' + '00'.repeat(24) + '4a9b20f8')).toBe('61:0E:D3:77 … 4A:9B:20:F8'))
