import { createHash, createPublicKey, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto'

export type TestCertificate = { key: string; cert: string; sha256: string; spkiSha256: string; privateKey: KeyObject; name: Buffer }
type Options = {
  /** A renewal keeps the key. */
  privateKey?: KeyObject
  /** Signs it instead of itself. */
  authority?: TestCertificate
  isAuthority?: boolean
  from?: Date
  days?: number
}

const lengthOf = (bytes: number): Buffer => (bytes < 128 ? Buffer.from([bytes]) : bytes < 256 ? Buffer.from([0x81, bytes]) : Buffer.from([0x82, bytes >> 8, bytes & 255]))
const tlv = (tag: number, ...parts: Buffer[]): Buffer => {
  const body = Buffer.concat(parts)
  return Buffer.concat([Buffer.from([tag]), lengthOf(body.length), body])
}
const oid = (hex: string): Buffer => tlv(6, Buffer.from(hex, 'hex'))
const seq = (...parts: Buffer[]): Buffer => tlv(0x30, ...parts)
const time = (date: Date): Buffer => tlv(0x18, Buffer.from(`${date.toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`))
const ECDSA_SHA256 = seq(oid('2a8648ce3d040302'))
const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')

/** An ECDSA P-256 certificate for a name and 127.0.0.1, made by hand in under a millisecond. */
export function certificate(commonName: string, { privateKey = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey, authority, isAuthority = false, from = new Date(Date.now() - 3_600_000), days = 3650 }: Options = {}): TestCertificate {
  const spki = createPublicKey(privateKey).export({ type: 'spki', format: 'der' })
  const name = seq(tlv(0x31, seq(oid('550403'), tlv(12, Buffer.from(commonName)))))
  const alternatives = seq(oid('551d11'), tlv(4, seq(tlv(0x82, Buffer.from(commonName)), tlv(0x87, Buffer.from([127, 0, 0, 1])))))
  const constraints = seq(oid('551d13'), tlv(1, Buffer.from([255])), tlv(4, seq(tlv(1, Buffer.from([255])))))
  const serial = randomBytes(16)
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 1
  const validity = seq(time(from), time(new Date(from.getTime() + days * 86_400_000)))
  const body = seq(tlv(0xa0, tlv(2, Buffer.from([2]))), tlv(2, serial), ECDSA_SHA256, authority?.name ?? name, validity, name, spki, tlv(0xa3, seq(...(isAuthority ? [constraints] : [alternatives]))))
  const der = seq(body, ECDSA_SHA256, tlv(3, Buffer.from([0]), sign('sha256', body, authority?.privateKey ?? privateKey)))
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${der.toString('base64').replace(/(.{64})(?=.)/g, '$1\n')}\n-----END CERTIFICATE-----\n`,
    sha256: sha256(der),
    spkiSha256: sha256(spki),
    privateKey,
    name,
  }
}
