import { openApiDocument } from '@/lib/api/openapi'

export function GET(): Response {
  return Response.json(openApiDocument(), { headers: { 'cache-control': 'no-store' } })
}
