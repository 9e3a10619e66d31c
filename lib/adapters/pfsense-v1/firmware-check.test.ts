import { expect, it } from 'vitest'
import { AppError } from '@/lib/core/errors'
import { BASIC, enveloped, fakeFirewall, NOW, optionsFor, recorded, signal, type Answer } from './__fixtures__/fake-firewall'
import { pfsenseV1 } from './index'

const CHECK = 'GET /api/v1/system/version/upgrade?use_cache=false'
const checkOf = (answer: Answer | Answer[]) => {
  const firewall = fakeFirewall({ [CHECK]: answer })
  const { check } = pfsenseV1.connect(optionsFor(firewall.transport, BASIC))
  if (check === null) throw new Error('v1 can check without the command permission')
  return { check, firewall }
}

it('looks for updates now, without the command permission, as one call of the long class', async () => {
  const { check, firewall } = checkOf(recorded('system-version-upgrade-nocache'))
  expect(await check.begin(signal)).toMatchObject({ phase: 'done', firmware: { state: 'offered', offeredVersion: '2.8.2', checkedAt: NOW.toISOString() } })
  expect(firewall.requests[0]).toMatchObject({ method: 'GET', path: '/api/v1/system/version/upgrade?use_cache=false', callClass: 'command', lease: 'write' })
  expect(firewall.asked().filter((asked) => asked.startsWith('POST'))).toEqual([])
  expect(pfsenseV1.checkNeedsCommands).toBe(false)
})

it('waits while another package operation runs', async () => {
  const { check } = checkOf([enveloped({ pkg_busy: '1' }), recorded('system-version-upgrade-nocache')])
  expect(await check.begin(signal)).toEqual({ phase: 'running' })
  expect(await check.progress(signal)).toMatchObject({ phase: 'done' })
})

it.each([
  ['the error in its words', enveloped({ pkg_version_error: 'DNS servers not available' }), 'DNS servers not available'],
  ['an answer without a result', enveloped([]), 'without a result'],
])('fails with %s', async (_name, answer, words) => {
  const step = await checkOf(answer).check.begin(signal)
  expect(step).toMatchObject({ phase: 'failed' })
  expect(JSON.stringify(step)).toContain(words)
})

it('passes on a missing privilege', async () => {
  await expect(checkOf(recorded('auth-privilege-403')).check.begin(signal)).rejects.toBeInstanceOf(AppError)
})

it('reads the state with the cache, which is no check', async () => {
  const firewall = fakeFirewall()
  expect(await pfsenseV1.connect(optionsFor(firewall.transport, BASIC)).reads.firmware(signal)).toMatchObject({ state: 'offered', checkedAt: null })
  expect(firewall.asked()).not.toContain(CHECK)
})
