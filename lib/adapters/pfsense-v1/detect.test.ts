import { expect, it } from 'vitest'
import { enveloped, fakeFirewall, html, ORIGIN, recorded, signal, type Answer } from './__fixtures__/fake-firewall'
import { detect } from './detect'

const clueOf = async (answer: Answer) => {
  const firewall = fakeFirewall({ 'GET /api/v1/system/version': answer })
  return { clue: await detect(firewall.transport, signal), firewall }
}

it('asks once, with a wrong content type and without any credential', async () => {
  const { clue, firewall } = await clueOf(recorded('error-content-type-415'))
  expect(clue).toBe('yes')
  expect(firewall.requests).toHaveLength(1)
  expect(firewall.requests[0]).toMatchObject({ method: 'GET', headers: { 'Content-Type': 'text/plain' }, carriesCredential: false, callClass: 'probe' })
  expect(firewall.requests[0]?.headers).not.toHaveProperty('Authorization')
})

it.each<[string, Answer, string]>([
  ['refused for want of a credential', recorded('auth-none-401'), 'yes'],
  ['on an interface that may not answer', enveloped([], 403, 6, 'Requested action is not allowed'), 'yes'],
  ['switched off', recorded('disabled-redirect-302'), 'api-off'],
  ['another family that redirects to its sign-in', { status: 302, headers: { location: '/?url=/api/v1/system/version' }, text: '' }, 'no'],
  ['a redirect to another place', { status: 301, headers: { location: 'https://other.example.test/' }, text: '' }, 'no'],
  ['a redirect to nowhere', { status: 302, text: '' }, 'no'],
  ['HTML 404', recorded('error-unknown-endpoint-404-html'), 'no'],
  ['a login page', html(200), 'no'],
  ['v2', { status: 404, text: '{"code":404,"status":"not found","response_id":"X","message":"","data":[]}' }, 'no'],
  ['garbage JSON', { status: 200, text: '{"a"' }, 'no'],
  ['a server in trouble', html(503), 'undecided'],
])('%s', async (_name, answer, clue) => expect((await clueOf(answer)).clue).toBe(clue))

it('takes the origin into account', async () => {
  expect((await clueOf({ status: 302, headers: { location: `${ORIGIN}/` }, text: '' })).clue).toBe('api-off')
})
