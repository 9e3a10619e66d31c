import { familyModules } from '@/lib/adapters/registry'
import type { Actor } from '@/lib/auth/actor'
import { authoriseScope } from '@/lib/auth/authorise'
import type { FamilyInfo } from './dto'

/** The families and their credential forms, for the enrolment page. */
export function listFamilies(actor: Actor): Promise<{ items: FamilyInfo[] }> {
  authoriseScope(actor, 'firewall:read')
  const items = familyModules().map(({ family, label, testedVersions, revertReason, credentialMethods }) => ({
    family,
    label,
    testedVersions: [...testedVersions],
    revertReason,
    credentialMethods: credentialMethods.map(({ method, label, whereMade, fields }) => ({ method, label, whereMade, fields: fields.map((field) => ({ ...field })) })),
  }))
  return Promise.resolve({ items })
}
