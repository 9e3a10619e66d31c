import { Facts } from '@/components/ui/facts'
import type { SeenCertificateDto } from '@/lib/firewalls/dto'
import { formatDate } from '@/lib/format/dates'
import { Fingerprint } from './fingerprint'

type CertificateFactsProps = {
  certificate: SeenCertificateDto
  /** The sentence about how it is trusted. */
  trust?: string
  /** Whose certificates no public authority vouches for, usually. */
  usualFor?: string
}

/** A certificate as a person compares it. */
export function CertificateFacts({ certificate, trust, usualFor = 'a firewall' }: CertificateFactsProps) {
  const { sha256, subject, issuer, selfSigned, validFrom, validTo, keyType, publiclyTrusted } = certificate
  const issued = `${selfSigned ? 'By itself' : `By ${issuer}`} to ${subject}, ${formatDate(validFrom)} to ${formatDate(validTo)}`
  return (
    <div className="rounded-lg border border-line bg-sunken px-3 py-2.5">
      <Facts
        items={[
          ['SHA-256', <Fingerprint key="sha256" sha256={sha256} />],
          ['Issued', issued],
          ['Key', keyType],
          [
            'Public',
            publiclyTrusted ? 'It verifies against the public authorities.' : `It does not verify against the public authorities, as is usual for ${usualFor}.`,
          ],
          ...(trust === undefined ? [] : [['Trust', trust] as const]),
        ]}
      />
    </div>
  )
}
