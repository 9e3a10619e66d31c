import 'server-only'
import type { RequestSource } from '@/lib/auth/actor'
import { countLinkUse } from '@/lib/auth/rate-limit'
import { db } from '@/lib/db/client'
import type { LinkDto } from './input'
import { findOpenLink } from './links'

/** What the page behind a link shows; the link still works afterwards. Throws link-ended, or too-many-requests for the address. */
export async function lookAtLink(source: RequestSource, { token }: { token: string }, now: Date): Promise<LinkDto> {
  await countLinkUse(source.address, now)
  const { purpose, operator, expiresAt } = await findOpenLink(db(), token, now)
  return { purpose, email: operator.email, name: operator.name, expiresAt: expiresAt.toISOString() }
}
