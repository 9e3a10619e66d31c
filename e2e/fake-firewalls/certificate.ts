// Self-signed ECDSA certificates, kept on disk so that a restart shows the same fingerprint.
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, randomBytes, sign, X509Certificate } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

export type Certificate = {
  keyPem: string
  certPem: string
  /** Lower-case hex of the whole certificate. */
  sha256: string
  /** Lower-case hex of its public key: the same after a renewal with the same key. */
  spkiSha256: string
}

const length = (n: number) => (n < 128 ? Buffer.from([n]) : n < 256 ? Buffer.from([0x81, n]) : Buffer.from([0x82, n >> 8, n & 255]))
const tlv = (tag: number, ...parts: Buffer[]) => {
  const body = Buffer.concat(parts)
  return Buffer.concat([Buffer.from([tag]), length(body.length), body])
}
const sequence = (...parts: Buffer[]) => tlv(0x30, ...parts)
const objectId = (hex: string) => tlv(6, Buffer.from(hex, 'hex'))
const time = (date: Date) => tlv(0x18, Buffer.from(`${date.toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`))
const sha256 = (data: Buffer) => createHash('sha256').update(data).digest('hex')
const ECDSA_SHA256 = sequence(objectId('2a8648ce3d040302'))
const DAY_MS = 86_400_000

function describe(keyPem: string, certPem: string): Certificate {
  const spki = createPublicKey(certPem).export({ type: 'spki', format: 'der' })
  return { keyPem, certPem, sha256: sha256(new X509Certificate(certPem).raw), spkiSha256: sha256(spki) }
}

function issue(commonName: string, privateKey: KeyObject, validFrom: Date, days: number): Certificate {
  const publicDer = createPublicKey(privateKey).export({ type: 'spki', format: 'der' })
  const name = sequence(tlv(0x31, sequence(objectId('550403'), tlv(12, Buffer.from(commonName)))))
  const alternatives = sequence(tlv(0x82, Buffer.from(commonName)), tlv(0x87, Buffer.from([127, 0, 0, 1])))
  const extensions = tlv(0xa3, sequence(sequence(objectId('551d11'), tlv(4, alternatives))))
  const serial = randomBytes(16)
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 1
  const validity = sequence(time(validFrom), time(new Date(validFrom.getTime() + days * DAY_MS)))
  const version = tlv(0xa0, tlv(2, Buffer.from([2])))
  const body = sequence(version, tlv(2, serial), ECDSA_SHA256, name, validity, name, publicDer, extensions)
  const der = sequence(body, ECDSA_SHA256, tlv(3, Buffer.from([0]), sign('sha256', body, privateKey)))
  const lines = der.toString('base64').match(/.{1,64}/g) ?? []
  const certPem = `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`
  return describe(privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), certPem)
}

/** A new certificate; with `keyPem` for the same key (a renewal), else for a new one. */
export function newCertificate(commonName: string, keyPem: string | null, validFrom = new Date(Date.now() - DAY_MS)): Certificate {
  const key = keyPem === null ? generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey : createPrivateKey(keyPem)
  return issue(commonName, key, validFrom, 3650)
}

const fileOf = (folder: string, name: string) => path.join(folder, `${name.replace(/[^A-Za-z0-9._-]/g, '_')}.pem`)

export function storeCertificate(folder: string, name: string, certificate: Certificate): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  writeFileSync(fileOf(folder, name), `${certificate.keyPem}${certificate.certPem}`, { mode: 0o600 })
}

/** The certificate of this name from the folder, made and stored when there is none. */
export function keptCertificate(folder: string, name: string, commonName: string): Certificate {
  const file = fileOf(folder, name)
  if (existsSync(file)) {
    const [keyPem, certPem] = readFileSync(file, 'utf8').split(/(?=-----BEGIN CERTIFICATE-----)/)
    if (keyPem !== undefined && certPem !== undefined) return describe(keyPem, certPem)
  }
  const made = newCertificate(commonName, null)
  storeCertificate(folder, name, made)
  return made
}
