// The keys of an installation, opened as its own processes open them, to search for them where they must not be.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { z } from 'zod'
import { openSession } from '@/lib/cli/testing/sessions'
import { loadMasterKey, unwrapDataKey } from '@/lib/secrets/master-key'
import { openSealed } from '@/lib/secrets/seal'
import type { Secret } from './plant'

const row = z.object({ dataKeyId: z.string(), dataKeyWrapped: z.string(), sessionSecretSealed: z.string(), auditPrivatePemSealed: z.string() })
const PEM_BODY = /-----\n([^-]+)\n-----/

/** Runs `act` on the database of a running installation. */
export async function withDatabase<T>(dataDir: string, act: (client: pg.Client) => Promise<T>): Promise<T> {
  const session = await openSession(dataDir)
  try {
    if (!session.answer.ok) throw new Error(session.answer.message)
    const client = new pg.Client({ connectionString: session.answer.url })
    await client.connect()
    try {
      return await act(client)
    } finally {
      await client.end()
    }
  } finally {
    await session.close()
  }
}

export async function keysOf(dataDir: string, client: pg.Client): Promise<Secret[]> {
  const file = path.join(dataDir, 'master.key')
  const master = await loadMasterKey({ file, command: undefined, mayCreate: false })
  const { rows } = await client.query('SELECT * FROM "Installation"')
  const stored = row.parse(rows[0])
  const dataKey = unwrapDataKey(stored.dataKeyWrapped, stored.dataKeyId, master)
  const open = (field: string, sealed: string) => openSealed(sealed, dataKey, { owner: 'installation', origin: 'installation', field }).reveal()
  return [
    { name: 'master key', value: Buffer.from(readFileSync(file, 'utf8').trim(), 'base64') },
    { name: 'data key', value: Buffer.from(dataKey.reveal()) },
    { name: 'secret of the sessions', value: open('sessionSecret', stored.sessionSecretSealed) },
    { name: 'signing key of the audit log', value: (PEM_BODY.exec(open('auditPrivatePem', stored.auditPrivatePemSealed))?.[1] ?? '').trim() },
    { name: 'password of the database', value: readFileSync(path.join(dataDir, 'postgres.password'), 'utf8').trim() },
  ]
}

/** Every row of every table as text: in its files, long values are compressed. */
export async function tablesAsText(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ name: string }>(`SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`)
  const texts: string[] = []
  for (const { name } of rows) texts.push(...(await client.query<{ text: string }>(`SELECT t::text AS text FROM ${name} t`)).rows.map(({ text }) => text))
  return texts.join('\n')
}
