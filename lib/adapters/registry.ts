import type { FamilyModule } from './adapter'
import type { Family } from './model'
import { FAMILIES } from './words'
import { opnsense } from './opnsense'
import { pfsenseV1 } from './pfsense-v1'
import { pfsenseV2 } from './pfsense-v2'

/** Adding a family = one folder and one line; the compiler names the missing line. */
const MODULES = {
  opnsense,
  'pfsense-v1': pfsenseV1,
  'pfsense-v2': pfsenseV2,
} satisfies Record<Family, FamilyModule>

export const familyModule = (family: Family): FamilyModule => MODULES[family]
export const familyModules = (): readonly FamilyModule[] => FAMILIES.map(familyModule)
export const isFamily = (text: string): text is Family => FAMILIES.some((family) => family === text)
