import { NextResponse, type NextRequest } from 'next/server'

/**
 * Adds the content security policy with a fresh nonce to every page. It decides nothing about access: that is done in
 * every use case and page. Style attributes are allowed because the virtualised tables and menus place rows with them;
 * scripts need the nonce.
 */
export function proxy(request: NextRequest): NextResponse {
  const nonce = Buffer.from(crypto.randomUUID()).toString('base64')
  const policy = [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
  const headers = new Headers(request.headers)
  headers.set('x-nonce', nonce)
  headers.set('content-security-policy', policy)
  // For the way back after a sign-in; always overwritten, so a sent one means nothing.
  headers.set('x-palisade-path', request.nextUrl.pathname + request.nextUrl.search)
  const response = NextResponse.next({ request: { headers } })
  response.headers.set('content-security-policy', policy)
  response.headers.set('cache-control', 'no-store, private')
  response.headers.set('x-content-type-options', 'nosniff')
  response.headers.set('referrer-policy', 'no-referrer')
  response.headers.set('permissions-policy', 'camera=(), geolocation=(), microphone=()')
  return response
}

// The API sets its own headers; static files need none.
export const config = { matcher: [{ source: '/((?!api/|_next/static|_next/image|icon.svg).*)' }] }
