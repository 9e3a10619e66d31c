// The recorded replies show firewalls with something wrong. Most firewalls of a fleet are well, so most of the demo's
// answer with the same replies in good health.
import { readFileSync } from 'node:fs'
import { atRoot } from '../paths.mjs'

const recorded = (family, name) => JSON.parse(readFileSync(atRoot(`e2e/fake-firewalls/recorded/${family}/${name}.json`), 'utf8')).response.body

function opnsense({ lossPercent }) {
  const gateways = recorded('opnsense', 'routes-gateway-status')
  const status = recorded('opnsense', 'core-system-status')
  const [wan, lte] = gateways.items
  const backup = lossPercent
    ? { ...lte, address: '198.51.100.1', status: 'loss', loss: `${lossPercent}.0 %`, delay: '41.6 ms', stddev: '12.1 ms', status_translated: 'Packetloss' }
    : { ...lte, address: '198.51.100.1', status: 'none', loss: '0.0 %', delay: '38.2 ms', stddev: '4.0 ms', status_translated: 'Online' }
  return {
    '/api/routes/gateway/status': { ...gateways, items: [wan, backup] },
    '/api/core/system/status': {
      metadata: { ...status.metadata, system: { ...status.metadata.system, status: 'OK' } },
      subsystems: { diskspace: status.subsystems.diskspace },
    },
  }
}

const services = (family, file, running) => recorded(family, file).data.map((service) => ({ ...service, status: running }))

/** Replies of a firewall in good health, or with one gateway that loses `lossPercent` of its packets. */
export function healthyReplies(family, { lossPercent = 0 } = {}) {
  if (family === 'opnsense') return opnsense({ lossPercent })
  if (family === 'pfsense-v2') return { '/api/v2/status/services': services(family, 'status-services', true) }
  return { '/api/v1/services': services(family, 'services', 'running') }
}
