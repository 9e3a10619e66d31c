import { expect, it } from 'vitest'
import { BASIC, fakeFirewall, optionsFor, recordedData, signal } from './__fixtures__/fake-firewall'
import { pfsenseV1 } from './index'

const FORBIDDEN =
  /command|system\/config$|certificate|\/ca$|\/crl|\/user|\/system\/api$|\/log\/(?:system|firewall|dhcp)|access_token|v1\/interface$|reboot|halt/

it('offers no command, configuration, certificate, user or key endpoints', () => {
  expect(pfsenseV1.rawReads.length).toBeGreaterThan(15)
  for (const { path } of pfsenseV1.rawReads) expect(path).not.toMatch(FORBIDDEN)
  expect(new Set(pfsenseV1.rawReads.map(({ id }) => id)).size).toBe(pfsenseV1.rawReads.length)
})

it('shows a reply as it came', async () => {
  const firewall = fakeFirewall()
  expect(await pfsenseV1.connect(optionsFor(firewall.transport, BASIC)).readRaw('arp', signal)).toEqual(recordedData('system-arp'))
  expect(firewall.asked()).toEqual(['GET /api/v1/system/arp'])
})

it('asks for nothing that is not on the list', async () => {
  const firewall = fakeFirewall()
  await expect(pfsenseV1.connect(optionsFor(firewall.transport, BASIC)).readRaw('../system/config', signal)).rejects.toMatchObject({ code: 'not-found' })
  expect(firewall.requests).toEqual([])
})
