import { parseArgs } from 'node:util'
import { consoleActor } from '@/lib/auth/actor'
import { stopFirmware } from '@/lib/emergency-stop/stop'
import { plural } from '@/lib/format/numbers'

/** `stop [--reason R]`: stops all firmware work at once, and says what still finishes. It is lifted on the page, by an admin. */
export async function stopAll(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { reason: { type: 'string', default: '' } } })
  const { finishing, waiting, stop } = await stopFirmware(consoleActor(), { reason: values.reason.trim().slice(0, 500) })
  const since = stop ? ` since ${stop.at}, by ${stop.by}` : ''
  process.stdout.write(
    `${[
      `All firmware work is stopped${since}. ${plural(waiting, 'update')} that ${waiting === 1 ? 'has' : 'have'} not begun will not start.`,
      finishing === 0 ? 'Nothing is being installed.' : `${plural(finishing, 'installation')} that ${finishing === 1 ? 'has' : 'have'} begun still ${finishing === 1 ? 'finishes' : 'finish'}: nothing stops an installation.`,
      'An admin lifts the stop on the page Firmware.',
    ].join('\n')}\n`,
  )
}
