import { availableParallelism } from 'node:os'
import path from 'node:path'
import { defineConfig } from 'vitest/config'

const root = import.meta.dirname

export default defineConfig({
  resolve: {
    alias: [
      { find: /^@\//, replacement: `${root}/` },
      // server-only throws outside the web framework.
      { find: 'server-only', replacement: path.join(root, 'lib/core/empty.cjs') },
    ],
  },
  test: {
    include: ['lib/**/*.test.ts', 'lib/**/*.test.tsx', 'components/**/*.test.{ts,tsx}', 'app/**/*.test.ts', 'e2e/**/*.test.ts'],
    globalSetup: ['lib/cli/test-database.mjs', 'lib/cli/test-thread.mjs'],
    pool: 'forks',
    // One less than the cores is the default, which is one on the smallest machine; the tests wait more than they compute.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // Tests start real servers; on two busy cores the usual five seconds are too few.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    env: { NODE_ENV: 'test', LOG_LEVEL: 'silent', PALISADE_ALLOWED_NETWORKS: '127.0.0.0/8' },
  },
})
