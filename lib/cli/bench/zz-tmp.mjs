import { mkdtempSync } from 'node:fs'
import { runAdmin } from '../admin-bundle.mjs'
import { apiClient } from '../api-client.mjs'
import { readEnvironment } from '../environment.mjs'
import { startFakeFleet } from '../fake-fleet.mjs'
import { freePort } from '../port.mjs'
import { startPalisade } from '../serve.mjs'
export async function bench() {
  const dataDir = mkdtempSync('/tmp/pb-'); const port = await freePort()
  const extra = { PALISADE_ALLOWED_NETWORKS: '127.0.0.0/8', PALISADE_ADMIN_EMAIL: 'b@nordwall.example', PALISADE_ADMIN_PASSWORD: 'tallow-sprocket-heron', LOG_LEVEL: 'warn' }
  const environment = readEnvironment({ ...process.env, ...extra, PORT: String(port), PALISADE_DATA_DIR: dataDir, PALISADE_ROLE: 'web', DATABASE_URL: '' })
  const palisade = await startPalisade(environment, { extra }); const fleet = await startFakeFleet({ folder: dataDir + '/c' })
  const env = { ...process.env, ...extra, DATABASE_URL: palisade.databaseUrl, PALISADE_DATA_DIR: dataDir, PALISADE_MASTER_KEY_FILE: environment.masterKeyFile, PALISADE_URL: environment.url, PORT: String(port) }
  const clients = []; for (let i=0;i<6;i++) clients.push(apiClient(environment.localUrl, (await runAdmin(['token','create','--email','b@nordwall.example','--role','owner','--days','1'], env, { keepOutput: true })).output))
  const fw = await fleet.add({ name: 'x', family: 'opnsense', version: '26.7', size: { arp: 148 } })
  const customer = await clients[0]('POST', '/customers', { name: 'B' })
  const { id } = await clients[0]('POST', '/firewalls', { name: 'x', customerId: customer.id, family: 'opnsense', baseUrl: fw.url, trust: { mode: 'pin', sha256: fw.sha256 }, credential: { ...fw.credentials['key-secret'], method: 'key-secret' } })
  let n = 0; const rows = []
  for (const path of ['/health', '/me', `/firewalls/${id}/arp`, `/firewalls/${id}/arp?fresh=true`, '/health', `/firewalls/${id}/arp?fresh=true`]) {
    const ms = []
    for (let i = 0; i < 200; i++) { const s = performance.now(); await clients[(n++) % 6]('GET', path); ms.push(performance.now() - s) }
    ms.sort((a,b)=>a-b); rows.push({ path: path.slice(-16), p50: ms[100].toFixed(2), p95: ms[190].toFixed(2) })
  }
  const a = await clients[0]('GET', '/audit?action=firewall.read&limit=200'); const d = a.items.filter(e => e.result === 'done').map(e => e.details.durationMs).sort((x,y)=>x-y)
  rows.push({ path: 'intent..done', p50: d[Math.floor(d.length/2)], p95: d[Math.floor(d.length*.95)] })
  await fleet.stop(); await palisade.stop(); return { rows }
}
