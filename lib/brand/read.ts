import 'server-only'
import type { Actor } from '@/lib/auth/actor'
import { authoriseScope, notFound } from '@/lib/auth/authorise'
import { db } from '@/lib/db/client'
import { Download } from '@/lib/lists/download'
import { LOGO_TYPES, type BrandDto } from './input'

const typeOf = (text: string | null) => LOGO_TYPES.find((type) => type === text) ?? null

/** Whose reports these are; every operator sees it on reports. */
export async function readBrand(actor: Actor): Promise<BrandDto> {
  authoriseScope(actor, 'customer:read')
  const row = await db().brand.findUnique({ where: { id: 1 }, select: { name: true, logoType: true, revision: true, changedAt: true } })
  if (!row) return { name: '', logo: null, changedAt: null, etag: '"0"' }
  const type = typeOf(row.logoType)
  return { name: row.name, logo: type && { type, path: `/api/v1/brand/logo?revision=${row.revision}` }, changedAt: row.changedAt.toISOString(), etag: `"${row.revision}"` }
}

/** The logo as a file. Its type is the one that was found when it was stored, never what somebody said it was. */
export async function readLogo(actor: Actor): Promise<Download> {
  authoriseScope(actor, 'customer:read')
  const row = await db().brand.findUnique({ where: { id: 1 }, select: { logo: true, logoType: true } })
  const type = typeOf(row?.logoType ?? null)
  if (!row?.logo || type === null) throw notFound('logo')
  return new Download(new Blob([Buffer.from(row.logo)]).stream(), type, type === 'image/png' ? 'logo.png' : 'logo.jpg')
}
