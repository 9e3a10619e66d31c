import 'server-only'
import { record } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { authorise } from '@/lib/auth/authorise'
import { sha256Of } from '@/lib/backups/sha256'
import { AppError } from '@/lib/core/errors'
import { db } from '@/lib/db/client'
import { imageTypeOf } from './image'
import { LOGO_BYTES_MAX, type BrandDto, type EditBrandInput } from './input'
import { readBrand } from './read'

const noLogo = (message: string): AppError => new AppError('invalid-input', 'The logo cannot be used.', { issues: [{ field: 'logo', message }], nextStep: message })

/** The columns of a logo; nothing when it stays. Throws invalid-input for what is no whole PNG or JPEG of at most 256 KiB. */
function logoColumns(logo: string | null | undefined) {
  if (logo === undefined) return {}
  if (logo === null) return { logo: null, logoType: null }
  const bytes = Buffer.from(logo, 'base64')
  if (bytes.length > LOGO_BYTES_MAX) throw noLogo('At most 256 KiB.')
  const logoType = imageTypeOf(bytes)
  if (logoType === null) throw noLogo('Choose a PNG or JPEG of at most 4,096 by 4,096 pixels.')
  return { logo: new Uint8Array(bytes), logoType }
}

/** What stands in the audit log about a logo: which one, never the picture. */
const told = (row: { name: string; logo: Uint8Array | null } | null) => ({ name: row?.name ?? '', logoSha256: row?.logo ? sha256Of(Buffer.from(row.logo)) : null })

/** Name and logo of the provider, as reports show them. Throws stale when someone changed them meanwhile. */
export async function editBrand(actor: Actor, { name, logo }: EditBrandInput, expectedRevision: number): Promise<BrandDto> {
  authorise(actor, 'installation:manage', { customerId: null })
  const columns = logoColumns(logo)
  await db().$transaction(async (tx) => {
    const before = await tx.brand.findUnique({ where: { id: 1 } })
    const data = { ...(name !== undefined && { name }), ...columns, changedAt: new Date() }
    const changed = before
      ? await tx.brand.updateMany({ where: { id: 1, revision: expectedRevision }, data: { ...data, revision: { increment: 1 } } })
      : await tx.brand.createMany({ data: expectedRevision === 0 ? [{ id: 1, name: name ?? '', ...data }] : [], skipDuplicates: true })
    if (changed.count === 0) throw new AppError('stale', 'Someone changed the brand since you looked at it.', { nextStep: 'Look again, then save.' })
    const after = await tx.brand.findUnique({ where: { id: 1 } })
    await record(tx, actor, { action: 'brand.edit', target: { kind: 'installation', id: null, name: 'brand' }, before: told(before), after: told(after) })
  })
  return readBrand(actor)
}
