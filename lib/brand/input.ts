// Browser-safe: the form and the route parse with the same schema.
import { z } from 'zod'

export const LOGO_BYTES_MAX = 256 * 1024
export const LOGO_PIXELS_MAX = 4_096
export const LOGO_TYPES = ['image/png', 'image/jpeg'] as const
export type LogoType = (typeof LOGO_TYPES)[number]
export const BRAND_NAME_MAX = 80

/** Base64 is four characters for three bytes. */
const LOGO_TEXT_MAX = Math.ceil(LOGO_BYTES_MAX / 3) * 4
export const editBrandInput = z.strictObject({
  name: z.string().trim().max(BRAND_NAME_MAX, `At most ${BRAND_NAME_MAX} characters.`).optional(),
  /** A PNG or JPEG as base64; null takes it away. */
  logo: z.base64('The file could not be read.').max(LOGO_TEXT_MAX, 'At most 256 KiB.').nullable().optional(),
})
export type EditBrandInput = z.infer<typeof editBrandInput>

export const brandDto = z.object({
  /** Empty until the owner says it. */
  name: z.string(),
  /** Changes with each logo, so that a new one is shown at once; null = none. */
  logo: z.object({ type: z.enum(LOGO_TYPES), path: z.string() }).nullable(),
  changedAt: z.string().nullable(),
  etag: z.string(),
})
export type BrandDto = z.infer<typeof brandDto>
export const readLogoInput = z.strictObject({ revision: z.coerce.number().int().min(0).max(1e9).optional() })
