import type { Prisma } from './generated/client'

/** A value as JSON holds it: without undefined, with dates as text; secrets are already "[secret]" by their type. */
export function toJson(value: object): Prisma.InputJsonObject {
  const json: Prisma.InputJsonObject = JSON.parse(JSON.stringify(value))
  return json
}
