import 'server-only'
import { createPrivateKey, createPublicKey } from 'node:crypto'
import { openFactor } from '@/lib/auth/factor-vault'
import { storedSettings } from '@/lib/channels/stored'
import { openChannel } from '@/lib/channels/vault'
import { openPiece } from '@/lib/backups/vault'
import { db } from '@/lib/db/client'
import { rowIdOf, storedRow } from '@/lib/enrolment/stored-row'
import { openAccessToken, openCredential, openExchanged, openRowCredential } from '@/lib/firewalls/vault'
import { installationKeys } from '@/lib/installation/keys'

const BATCH = 500

/** A sealed value and how it is opened. `whose` is the end of a sentence about it. */
type Sealed = { whose: string; open(): Promise<unknown> }
/** One kind of sealed value: its columns, its name for people, and its rows in batches. */
type Kind = { column: string; plural: string; batch(after: string | undefined): Promise<{ ids: string[]; sealed: Sealed[] }> }

const page = (after: string | undefined) => ({ take: BATCH, ...(after !== undefined && { skip: 1 }) })
const firewall = { select: { name: true, origin: true } } as const

const KINDS: readonly Kind[] = [
  {
    column: 'FirewallCredential.credentialSealed',
    plural: 'credentials of firewalls',
    async batch(after) {
      const rows = await db().firewallCredential.findMany({ ...page(after), ...(after !== undefined && { cursor: { firewallId: after } }), orderBy: { firewallId: 'asc' }, include: { firewall } })
      return { ids: rows.map((row) => row.firewallId), sealed: rows.map((row) => ({ whose: `the credential of the firewall ${row.firewall.name}`, open: () => openCredential(row.credentialSealed, row.firewallId, row.firewall.origin) })) }
    },
  },
  {
    column: 'FirewallToken.tokenSealed',
    plural: 'access tokens of firewalls',
    async batch(after) {
      const rows = await db().firewallToken.findMany({ ...page(after), ...(after !== undefined && { cursor: { firewallId: after } }), orderBy: { firewallId: 'asc' }, include: { firewall } })
      return { ids: rows.map((row) => row.firewallId), sealed: rows.map((row) => ({ whose: `the access token of the firewall ${row.firewall.name}`, open: () => openAccessToken(row.tokenSealed, row.firewallId, row.firewall.origin) })) }
    },
  },
  {
    column: 'Enrolment.exchangedSealed',
    plural: 'pairs handed out during enrolment',
    async batch(after) {
      const rows = await db().enrolment.findMany({ ...page(after), ...(after !== undefined && { cursor: { id: after } }), where: { exchangedSealed: { not: null } }, orderBy: { id: 'asc' } })
      return { ids: rows.map((row) => row.id), sealed: rows.map((row) => ({ whose: `a pair handed out by ${row.origin}`, open: () => openExchanged(row.exchangedSealed ?? '', row.id, row.origin) })) }
    },
  },
  {
    column: 'EnrolmentRow.credentialSealed',
    plural: 'credentials in enrolment files',
    async batch(after) {
      const [fileId = '', line] = after?.split(' ') ?? []
      const rows = await db().enrolmentRow.findMany({ ...page(after), ...(after !== undefined && { cursor: { fileId_line: { fileId, line: Number(line) } } }), where: { credentialSealed: { not: null } }, orderBy: [{ fileId: 'asc' }, { line: 'asc' }] })
      return {
        ids: rows.map(rowIdOf),
        sealed: rows.map((row) => {
          const { name, origin } = storedRow.parse(row.input)
          return { whose: `the credential of ${name} in an enrolment file`, open: () => openRowCredential(row.credentialSealed ?? '', rowIdOf(row), origin) }
        }),
      }
    },
  },
  {
    column: 'Channel.settingsSealed',
    plural: 'secrets of channels',
    async batch(after) {
      const rows = await db().channel.findMany({ ...page(after), ...(after !== undefined && { cursor: { id: after } }), where: { settingsSealed: { not: null } }, orderBy: { id: 'asc' } })
      return { ids: rows.map((row) => row.id), sealed: rows.map((row) => ({ whose: `the secret of the channel ${row.name}`, open: () => openChannel(row.settingsSealed, row.id, storedSettings.parse(row.settings).target) })) }
    },
  },
  {
    column: 'BackupChunk.chunkSealed',
    plural: 'pieces of configurations',
    async batch(after) {
      const [firewallId = '', id = ''] = after?.split(' ') ?? []
      const rows = await db().backupChunk.findMany({ ...page(after), ...(after !== undefined && { cursor: { firewallId_id: { firewallId, id } } }), orderBy: [{ firewallId: 'asc' }, { id: 'asc' }], include: { firewall } })
      return { ids: rows.map((row) => `${row.firewallId} ${row.id}`), sealed: rows.map((row) => ({ whose: `a piece of a configuration of the firewall ${row.firewall.name}`, open: () => openPiece(row.chunkSealed, row) })) }
    },
  },
  {
    column: 'SecondFactor.secretSealed',
    plural: 'second factors',
    async batch(after) {
      const rows = await db().secondFactor.findMany({ ...page(after), ...(after !== undefined && { cursor: { operatorId: after } }), orderBy: { operatorId: 'asc' }, include: { operator: { select: { email: true } } } })
      return { ids: rows.map((row) => row.operatorId), sealed: rows.map((row) => ({ whose: `the second factor of ${row.operator.email}`, open: () => openFactor(row.secretSealed, row.operatorId) })) }
    },
  },
  {
    column: 'SecondFactorDraft.secretSealed',
    plural: 'second factors not yet confirmed',
    async batch(after) {
      const rows = await db().secondFactorDraft.findMany({ ...page(after), ...(after !== undefined && { cursor: { operatorId: after } }), orderBy: { operatorId: 'asc' }, include: { operator: { select: { email: true } } } })
      return { ids: rows.map((row) => row.operatorId), sealed: rows.map((row) => ({ whose: `the unconfirmed second factor of ${row.operator.email}`, open: () => openFactor(row.secretSealed, row.operatorId) })) }
    },
  },
]

/** Columns that `openSecrets` opens, for the test that none is forgotten. */
export const OPENED_COLUMNS = ['Installation.sessionSecretSealed', 'Installation.auditPrivatePemSealed', ...KINDS.map(({ column }) => column)]

export type OpenedSecrets = { opened: Record<string, number>; problems: string[] }

async function openKeys(): Promise<string[]> {
  const { auditPrivatePem, auditPublicPem } = await installationKeys()
  const signing = createPublicKey(createPrivateKey(auditPrivatePem.reveal())).export({ type: 'spki', format: 'pem' }).toString()
  return signing === auditPublicPem ? [] : ['The public key of the audit log does not belong to the key that signs it.']
}

/**
 * Opens everything that is sealed in this database and throws the results away. Counts by kind, and a sentence for each
 * value that does not open. Throws when the keys of the installation themselves do not open.
 */
export async function openSecrets(): Promise<OpenedSecrets> {
  const problems = await openKeys()
  const opened: Record<string, number> = { 'keys of the installation': 3 }
  for (const { plural, batch } of KINDS) {
    let count = 0
    for (let { ids, sealed } = await batch(undefined); sealed.length > 0; { ids, sealed } = await batch(ids.at(-1))) {
      for (const { whose, open } of sealed) {
        const isOpen = await open().then(
          () => true,
          () => false,
        )
        if (isOpen) count += 1
        else problems.push(`Cannot be opened: ${whose}.`)
      }
    }
    opened[plural] = count
  }
  return { opened, problems }
}
