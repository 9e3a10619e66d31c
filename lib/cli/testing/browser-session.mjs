const cookiesOf = (answer) => answer.headers.getSetCookie().map((text) => text.split(';')[0])

/**
 * Signs in over HTTP as the form does; gives the cookie header of the session. Throws when the account is refused or owes a second factor.
 * @param {string} url
 * @param {{ email: string, password: string }} account
 */
export async function signedInCookie(url, { email, password }) {
  const csrf = await fetch(`${url}/api/auth/csrf`)
  const first = cookiesOf(csrf)
  const { csrfToken } = await csrf.json()
  const answer = await fetch(`${url}/api/auth/callback/credentials`, { method: 'POST', headers: { cookie: first.join('; ') }, body: new URLSearchParams({ csrfToken, email, password, json: 'true' }) })
  const cookie = [...first, ...cookiesOf(answer)].join('; ')
  const me = await fetch(`${url}/api/v1/me`, { headers: { cookie } })
  if (!me.ok) throw new Error(`${email} could not sign in: ${await me.text()}`)
  return cookie
}
