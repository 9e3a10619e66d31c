import { AppError } from '@/lib/core/errors'
import { checkOrigin } from '@/lib/outbound/address-policy'

/** What a person typed as address, as scheme://host:port. Throws invalid-input naming `baseUrl`. */
export function originOf(typed: string): string {
  const checked = checkOrigin(typed)
  if (checked.ok) return checked.value
  throw new AppError('invalid-input', checked.error, { issues: [{ field: 'baseUrl', message: checked.error }] })
}

export const isPlainHttp = (origin: string): boolean => origin.startsWith('http://')
