import NextAuth from 'next-auth'
import { nextAuthOptions } from '@/lib/auth/next-auth'
import { exportAuthUrl } from '@/lib/core/env'
import { unknownPath } from '@/lib/http/unknown-path'

type Context = { params: Promise<{ nextauth: string[] }> }

async function handle(request: Request, context: Context): Promise<Response> {
  // next-auth would answer from the cookie alone, and write it anew: who is signed in says /api/v1/me, which asks the row.
  if ((await context.params).nextauth[0] === 'session') return unknownPath(request)
  exportAuthUrl()
  const answer: Response = await NextAuth(await nextAuthOptions())(request, context)
  return answer
}
export { handle as GET, handle as POST }
