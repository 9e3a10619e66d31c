import NextAuth from 'next-auth'
import { nextAuthOptions } from '@/lib/auth/next-auth'
import { exportAuthUrl } from '@/lib/core/env'

type Context = { params: Promise<{ nextauth: string[] }> }

async function handle(request: Request, context: Context): Promise<Response> {
  exportAuthUrl()
  const answer: unknown = await NextAuth(await nextAuthOptions())(request, context)
  return answer as Response
}
export { handle as GET, handle as POST }
