import { describe, expect, it } from 'vitest'
import { detect } from './detect'
import { answer, anySignal, fakeFirewall, page, recorded, type Answer } from './__fixtures__/fake-firewall'

const OPTIONS = 'OPTIONS /api/v2/firewall/rules'
const clueFor = (reply: Answer, front?: Answer) => {
  const firewall = fakeFirewall({ [OPTIONS]: reply, ...(front && { 'GET /': front }) })
  return { firewall, clue: detect(firewall.transport, anySignal()) }
}
const unknownPath = recorded('error-unknown-endpoint-404-html')

describe('detection without a credential', () => {
  it('knows the API by its answer to OPTIONS, which 2.10.0 gives with 500', async () => {
    const { firewall, clue } = clueFor(recorded('options-500'))
    expect(await clue).toBe('yes')
    expect(firewall.asked()).toEqual([OPTIONS])
    expect(firewall.requests[0]).toMatchObject({ carriesCredential: false, callClass: 'probe', headers: { Accept: 'application/json' } })
  })

  it('knows it also by 200, 401 and 403 in its envelope', async () => {
    for (const reply of [answer([]), recorded('auth-jwt-wrong-401'), answer([], 403, 'ENDPOINT_INTERFACE_NOT_ALLOWED')])
      expect(await clueFor(reply).clue).toBe('yes')
  })

  it('tells a switched-off API', async () => {
    expect(await clueFor(recorded('disabled-503')).clue).toBe('api-off')
  })

  it('tells a pfSense without the package by its sign-in page', async () => {
    const { firewall, clue } = clueFor(unknownPath, page(200, '<title>pfSense - Login</title>'))
    expect(await clue).toBe('api-package-missing')
    expect(firewall.requests.every((request) => !request.carriesCredential)).toBe(true)
  })

  it('says no to another web server, to a redirect and to another API', async () => {
    expect(await clueFor(unknownPath).clue).toBe('no')
    expect(await clueFor({ status: 302, headers: { location: '/?url=/api/v2/firewall/rules' }, text: '', durationMs: 1 }).clue).toBe('no')
    expect(await clueFor({ ...answer([]), text: '{"status":"ok","code":200,"return":0,"message":"","data":[]}' }).clue).toBe('no')
  })

  it('leaves a web server that is restarting undecided', async () => {
    expect(await clueFor(page(502)).clue).toBe('undecided')
  })
})
