import { describe, expect, it } from 'vitest'
import { fakeFirewall, recorded, signal, type Answer } from './__fixtures__/fake-firewall'
import { detect } from './detect'

const clue = (answer: Answer) => detect(fakeFirewall({ 'GET /api/core/menu/search': answer }).transport, signal)
const loginRedirect = (name: string): Answer => {
  const { response } = recorded(name)
  return { status: response.status, text: '', headers: { location: (response.headers['Location'] ?? '').replace(/url=.*/, 'url=/api/core/menu/search') } }
}

describe('detection', () => {
  it.each(['error-401-no-authorization', 'v25.1-error-401-no-authorization', 'v25.7-error-401-no-authorization', 'v26.1-error-401-no-authorization'])(
    'knows the family by its redirect (%s)',
    async (name) => {
      expect(await clue(loginRedirect(name))).toBe('yes')
    },
  )

  it('sends one request without any credential', async () => {
    const firewall = fakeFirewall({ 'GET /api/core/menu/search': loginRedirect('error-401-no-authorization') })
    await detect(firewall.transport, signal)
    expect(firewall.requests).toHaveLength(1)
    expect(firewall.requests[0]).toMatchObject({ method: 'GET', carriesCredential: false, callClass: 'probe', headers: { Accept: 'application/json' } })
    expect(Object.keys(firewall.requests[0]?.headers ?? {})).not.toContain('Authorization')
  })

  it.each<[string, Answer, string]>([
    ['another web server', { status: 404, text: '<html>nginx</html>' }, 'no'],
    ['a redirect to another origin', { status: 301, text: '', headers: { location: 'https://other.example/?url=/api/core/menu/search' } }, 'undecided'],
    ['a redirect to https', { status: 302, text: '', headers: { location: 'https://fw.example/' } }, 'undecided'],
    ['a login page', { status: 200, text: '<html></html>', headers: { 'content-type': 'text/html' } }, 'undecided'],
  ])('does not take %s for it', async (_name, answer, expected) => {
    expect(await clue(answer)).toBe(expected)
  })
})
