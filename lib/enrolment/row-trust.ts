import { AppError, firewallError } from '@/lib/core/errors'
import type { ProbeResult } from '@/lib/firewalls/dto'
import type { TrustInput } from '@/lib/firewalls/input'
import type { StoredRow } from './stored-row'

/** Trusted, or why a person has to look first. */
export type Judged = { trust: TrustInput } | { waits: string }

/**
 * What is trusted at an address: what a person compared, what the file expects, or a chain that verifies publicly where the
 * file chose that. Throws firewall-certificate-changed when the file expects another certificate than the one shown.
 */
export function judgeTrust({ pin, publicCa, trusted }: StoredRow, { certificate }: Pick<ProbeResult, 'certificate'>): Judged {
  if (certificate === null) {
    return trusted?.sha256 === null ? { trust: { mode: 'plain-http', confirmed: true } } : { waits: 'This address is not encrypted. The credential would travel in clear.' }
  }
  if (trusted !== null) {
    return trusted.sha256 === certificate.sha256 ? { trust: { mode: 'pin', sha256: certificate.sha256 } } : { waits: 'The firewall shows another certificate than the one you trusted.' }
  }
  if (pin !== null && pin !== certificate.sha256) {
    throw firewallError('firewall-certificate-changed', { message: 'The firewall shows another certificate than the one in the file.', details: { nextStep: 'Compare it at the firewall. If it is right, correct the file and take it again; until then nothing is sent.' } })
  }
  if (pin !== null) return { trust: { mode: 'pin', sha256: pin } }
  if (publicCa) return certificate.publiclyTrusted ? { trust: { mode: 'public-ca' } } : { waits: 'The certificate does not verify against the public authorities.' }
  return { waits: 'Compare the certificate at the firewall.' }
}

/** Throws firewall-not-this-api when nobody has said which family it is and the firewall does not tell. */
export function familyOfRow({ family }: StoredRow, found: Pick<ProbeResult, 'family' | 'familyNote'>) {
  const known = family ?? found.family
  if (known === null) throw new AppError('firewall-not-this-api', found.familyNote, { nextStep: 'Choose the family of this line, then try again.' })
  return known
}
