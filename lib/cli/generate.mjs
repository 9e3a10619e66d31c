import { rmSync, writeFileSync } from 'node:fs'
import { ROOT, atRoot } from './paths.mjs'
import { hashOf, storedHash } from './hash.mjs'
import { runNode } from './run.mjs'
import { Sentence, step } from './say.mjs'

const OUTPUT = atRoot('lib/db/generated')
const MARK = atRoot('lib/db/generated/.palisade-hash')

/** Keeps Prisma's commands from looking for engines and for news; nothing here needs its native engine. */
export const PRISMA_ENVIRONMENT = { PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, CHECKPOINT_DISABLE: '1', PRISMA_HIDE_UPDATE_MESSAGE: '1' }

/** Writes the database client when the schema or Prisma itself changed. */
export async function ensureGenerated() {
  const hash = hashOf(ROOT, ['prisma/schema', 'prisma.config.ts', 'node_modules/prisma/package.json'])
  if (storedHash(MARK) === hash) return
  await step('Generating the database client', async () => {
    rmSync(MARK, { force: true })
    const { code, output } = await runNode(['node_modules/prisma/build/index.js', 'generate'], { env: PRISMA_ENVIRONMENT })
    if (code !== 0) throw new Sentence(`The database client could not be generated into ${OUTPUT}. Prisma said:\n\n${output.trim()}`)
    writeFileSync(MARK, `${hash}\n`)
  })
}
