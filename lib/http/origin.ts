import { AppError } from '@/lib/core/errors'
import { publicUrl } from '@/lib/core/env'

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]']

/** The origins under which people open Palisade: the public one, and on loopback its other names. */
function ownOrigins(): string[] {
  const url = publicUrl()
  if (!LOOPBACK.includes(url.hostname)) return [url.origin]
  return LOOPBACK.map((name) => `${url.protocol}//${name}${url.port ? `:${url.port}` : ''}`)
}

/** Unsafe methods of a browser must come from our own pages. `Origin: null` and a missing proof are refused. */
export function requireSameOrigin(headers: Headers): void {
  const origin = headers.get('origin')
  const site = headers.get('sec-fetch-site')
  const proven = origin === null ? site === 'same-origin' : ownOrigins().includes(origin) && (site === null || site === 'same-origin')
  if (!proven) throw new AppError('cross-origin', 'This request did not come from a page of Palisade.', { nextStep: 'Open Palisade under its own address. Automation uses a bearer token.' })
}
