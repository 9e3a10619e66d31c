import { setTimeout as delay } from 'node:timers/promises'

const LOOK_MS = 300
const LIMIT_MS = 90_000

/**
 * Takes the first backup of a firewall that can give one, and waits until it is there or was refused. The worker would take
 * it ten minutes after it was enrolled; with an invented past, those would count as three months without any.
 * @param {(method: string, path: string, body?: unknown) => Promise<any>} api
 * @param {string} id
 */
export async function takeFirstBackup(api, id) {
  if (!(await api('GET', `/firewalls/${id}/backup-state`)).possible) return
  const { id: asked } = await api('POST', `/firewalls/${id}/backups`, {})
  const deadline = performance.now() + LIMIT_MS
  while (performance.now() < deadline) {
    const { task } = await api('GET', `/firewalls/${id}/backup-state`)
    // Another one came after it, so it is over.
    if (task?.id !== asked || task.finishedAt !== null) return
    await delay(LOOK_MS)
  }
  throw new Error('The worker did not take the first backups of the demo.')
}
