import 'server-only'
import type { BackupPort, ConfigurationRevision, TakenConfiguration } from '@/lib/adapters/adapter'
import { firewallError } from '@/lib/core/errors'
import { sha256Of } from './sha256'

/** What is known of the newest backup of a firewall. */
export type Last = { bytes: number; format: string; takenAt: Date }
export type Fetched = { taken: TakenConfiguration; revision: ConfigurationRevision | null; note: string | null }

const DAY_MS = 86_400_000
/** Some changes bypass the history of a firewall, so its word is not believed on each of these days after the last backup. */
const DOUBT_DAYS = 7

/** Whether the newest backup still holds what the firewall has, as far as its history tells. */
export function isUnchanged(port: BackupPort, revision: ConfigurationRevision | null, known: string | null, last: Last | null, now: Date): boolean {
  if (revision === null || last === null || revision.id !== known || last.format !== port.format) return false
  const days = Math.floor((now.getTime() - last.takenAt.getTime()) / DAY_MS)
  return days < DOUBT_DAYS || days % DOUBT_DAYS !== 0
}

/** The configuration and the revision that it is: one that moved while it was read is read once more. Throws firewall-busy when it moved again. */
async function settled(port: BackupPort, probed: ConfigurationRevision | null, signal: AbortSignal): Promise<Omit<Fetched, 'note'>> {
  let before = probed
  for (let attempt = 1; ; attempt += 1) {
    const taken = await port.take(signal)
    const after = before === null ? null : await port.probe(signal)
    if (before?.id === after?.id) return { taken, revision: after }
    if (attempt === 2) throw firewallError('firewall-busy', { message: 'The configuration of the firewall changed each time it was read.' })
    before = after
  }
}

/**
 * Fetches a configuration. One that shrank to less than half is believed when a second reading says the same; else
 * firewall-reply-not-understood is thrown, as is what the port throws.
 */
export async function fetchConfiguration(port: BackupPort, probed: ConfigurationRevision | null, last: Last | null, signal: AbortSignal): Promise<Fetched> {
  const fetched = await settled(port, probed, signal)
  const { bytes, format } = fetched.taken
  if (last === null || last.format !== format || bytes.length * 2 >= last.bytes) return { ...fetched, note: null }
  const again = await port.take(signal)
  if (sha256Of(again.bytes) !== sha256Of(bytes)) {
    throw firewallError('firewall-reply-not-understood', {
      message: 'The configuration that arrived is less than half as large as the last one, and a second reading says something else.',
      details: { nextStep: 'Nothing was stored. Take another backup in a minute; if it stays, look at the configuration on the firewall itself.' },
    })
  }
  return { ...fetched, note: 'It is less than half as large as the last one; a second reading says the same.' }
}
