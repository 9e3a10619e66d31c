// A process of its own for `npm run test:deep -- audit`; prints what was tried and found.
// node --conditions=react-server --import tsx lib/testing/audit-deceptions.ts SEED COUNT
import { fillLog, randomOf, wholeLog } from './audit-log'
import { cutEach, editEach, moveEach, rewriteSome } from './audit-tamper'
import { deceiveDatabase } from './audit-tamper-database'
import { startInstallation } from './installation'

const [seed = 1, count = 10_000] = process.argv.slice(2).map(Number)
const random = randomOf(seed)
const installation = await startInstallation()
try {
  await fillLog(random, count)
  const log = await wholeLog()
  const found = { edited: editEach(log, random), ...moveEach(log, random), cut: cutEach(log), forged: rewriteSome(log, random), inDatabase: await deceiveDatabase(count, random) }
  process.stdout.write(JSON.stringify(found))
} finally {
  await installation.end()
}
process.exit(0)
