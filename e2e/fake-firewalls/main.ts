// Runs the fleet as a process of its own: node --import tsx e2e/fake-firewalls/main.ts [--control-port N] [--folder PATH]
import { parseArgs } from 'node:util'
import { startFleet } from './fleet'

const { values } = parseArgs({ options: { 'control-port': { type: 'string', default: '0' }, folder: { type: 'string' } } })
const controlPort = Number(values['control-port'])
if (!Number.isInteger(controlPort) || controlPort < 0 || controlPort > 65_535) {
  process.stderr.write('--control-port has to be a port number.\n')
  process.exit(2)
}
const fleet = await startFleet({ controlPort, ...(values.folder !== undefined && { folder: values.folder }) })
// The one line that a parent process waits for.
process.stdout.write(`${JSON.stringify({ controlUrl: fleet.controlUrl })}\n`)

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void fleet.stop().then(() => process.exit(0)))
}
