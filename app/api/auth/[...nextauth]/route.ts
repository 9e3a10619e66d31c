import NextAuth from 'next-auth'
import { nextAuthOptions } from '@/lib/auth/next-auth'
import { exportAuthUrl } from '@/lib/core/env'

type Context = { params: Promise<{ nextauth: string[] }> }

async function handle(request: Request, context: Context): Promise<Response> {
  exportAuthUrl()
  const answer: Response = await NextAuth(await nextAuthOptions())(request, context)
  return answer
}
export { handle as GET, handle as POST }
