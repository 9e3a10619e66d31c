import 'server-only'
import { generateKeyPairSync, randomBytes } from 'node:crypto'
import path from 'node:path'
import { environment } from '@/lib/core/env'
import { Secret } from '@/lib/core/secret'
import { db } from '@/lib/db/client'
import { createDataKey, loadMasterKey, unwrapDataKey, wrapDataKey, type DataKey } from '@/lib/secrets/master-key'
import { openSealed, seal, type SealOwner } from '@/lib/secrets/seal'

export type InstallationKeys = { dataKey: DataKey; sessionSecret: Secret; auditPrivatePem: Secret; auditPublicPem: string }

const INSTALLATION = 'installation'
const owner = (field: string): SealOwner => ({ owner: INSTALLATION, origin: INSTALLATION, field })
const shared: typeof globalThis & { palisadeKeys?: Promise<InstallationKeys> } = globalThis

export const masterKeyFile = (): string => environment().PALISADE_MASTER_KEY_FILE ?? path.join(environment().PALISADE_DATA_DIR, 'master.key')

/** The keys of this installation, opened once per process. Throws a sentence that names the master key file. */
export function installationKeys(): Promise<InstallationKeys> {
  shared.palisadeKeys ??= openKeys().catch((error: unknown) => {
    delete shared.palisadeKeys
    throw error
  })
  return shared.palisadeKeys
}

const masterKey = (mayCreate: boolean) => loadMasterKey({ file: masterKeyFile(), command: environment().PALISADE_MASTER_KEY_COMMAND, mayCreate })

async function openKeys(): Promise<InstallationKeys> {
  const row = await db().installation.findUnique({ where: { id: 1 } })
  if (!row) throw new Error('This database has not been prepared. Start Palisade with npm start.')
  const dataKey = unwrapDataKey(row.dataKeyWrapped, row.dataKeyId, await masterKey(false))
  return {
    dataKey,
    sessionSecret: openSealed(row.sessionSecretSealed, dataKey, owner('sessionSecret')),
    auditPrivatePem: openSealed(row.auditPrivatePemSealed, dataKey, owner('auditPrivatePem')),
    auditPublicPem: row.auditPublicPem,
  }
}

/**
 * First run: makes the master key file (only on an empty database), the data key wrapped by it, the session secret and
 * the audit signing key. Later runs: proves that the master key fits, and writes nothing.
 */
export async function prepareInstallation(): Promise<void> {
  if (await db().installation.findUnique({ where: { id: 1 }, select: { id: true } })) {
    await installationKeys()
    return
  }
  const master = await masterKey(true)
  const dataKey = createDataKey()
  const audit = generateKeyPairSync('ed25519')
  const auditPublicPem = audit.publicKey.export({ type: 'spki', format: 'pem' }).toString()
  const auditPrivatePem = new Secret(audit.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString())
  await db().installation.createMany({
    data: {
      id: 1,
      dataKeyId: dataKey.id,
      dataKeyWrapped: wrapDataKey(dataKey, master),
      sessionSecretSealed: seal(new Secret(randomBytes(48).toString('base64url')), dataKey, owner('sessionSecret')),
      auditPrivatePemSealed: seal(auditPrivatePem, dataKey, owner('auditPrivatePem')),
      auditPublicPem,
    },
    skipDuplicates: true,
  })
  await installationKeys()
}
