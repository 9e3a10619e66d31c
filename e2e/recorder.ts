// A browser without pages that keeps every answer it gets, headers and all.
import { request, type APIRequestContext } from '@playwright/test'
import { z } from 'zod'

export type Answer = { status: number; text: string; headers: Record<string, string> }
export type Recorded = { what: string; text: string }
type Sent = { body?: unknown; form?: Record<string, string>; headers?: Record<string, string> }

export type Recorder = {
  context: APIRequestContext
  recorded: Recorded[]
  /** Any request; follows no redirect and throws for none. `as` names it where its address does not. */
  send(method: string, path: string, sent?: Sent, as?: string): Promise<Answer>
  /** A call of the API; throws when it is refused. */
  api(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<unknown>
  cookie(name: string): Promise<string>
  end(): Promise<void>
}

export async function newRecorder(url: string): Promise<Recorder> {
  const context = await request.newContext({ baseURL: url, storageState: { cookies: [], origins: [] } })
  const recorded: Recorded[] = []
  const send: Recorder['send'] = async (method, path, { body, form, headers = {} } = {}, as = `${method} ${path}`) => {
    const reply = await context.fetch(path, {
      method,
      maxRedirects: 0,
      headers: { ...(method !== 'GET' && { origin: url, 'sec-fetch-site': 'same-origin' }), ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { data: JSON.stringify(body) }),
      ...(form && { form }),
    })
    const text = (await reply.body()).toString('utf8')
    const lines = reply.headersArray().map(({ name, value }) => `${name}: ${value}`)
    recorded.push({ what: as, text: `${reply.status()}\n${lines.join('\n')}\n\n${text}` })
    return { status: reply.status(), text, headers: reply.headers() }
  }
  return {
    context,
    recorded,
    send,
    async api(method, path, body, headers = {}) {
      const { status, text } = await send(method, `/api/v1${path}`, { ...(method !== 'GET' && { body: body ?? {} }), headers })
      if (status >= 400) throw new Error(`${method} ${path} answered ${status}: ${text.slice(0, 2_000)}`)
      return JSON.parse(text)
    },
    async cookie(name) {
      return (await context.storageState()).cookies.find((cookie) => cookie.name === name)?.value ?? ''
    },
    end: () => context.dispose(),
  }
}

const csrf = z.object({ csrfToken: z.string() })
const signedIn = z.object({ url: z.string() })

/** Signs in as the form does, or gives a code (`provider` second-factor). Returns the error code, or null when let in. */
export async function enter(browser: Recorder, provider: 'credentials' | 'second-factor', given: Record<string, string>): Promise<string | null> {
  const { csrfToken } = csrf.parse(JSON.parse((await browser.send('GET', '/api/auth/csrf')).text))
  const reply = await browser.send('POST', `/api/auth/callback/${provider}`, { form: { csrfToken, ...given, json: 'true' } })
  return new URL(signedIn.parse(JSON.parse(reply.text)).url).searchParams.get('error')
}
