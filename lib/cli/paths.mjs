import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** The checkout. */
export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')

export const atRoot = (...parts) => path.join(ROOT, ...parts)

/** Data that tests and development commands share between runs; git-ignored and safe to delete. */
export const TEST_DATA = atRoot('.cache/test-data')

export const MIGRATIONS = atRoot('prisma/migrations')
export const SCHEMA = atRoot('prisma/schema')
export const ADMIN_BUNDLE = atRoot('.build/admin.mjs')
export const WORKER_BUNDLE = atRoot('.build/worker.mjs')
