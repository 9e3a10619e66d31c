import { emergencyStopDto } from '@/lib/emergency-stop/dto'
import { liftStopInput, readStopInput, stopInput } from '@/lib/emergency-stop/input'
import { readEmergencyStop } from '@/lib/emergency-stop/read'
import { liftStop, stopFirmware } from '@/lib/emergency-stop/stop'
import { operation } from '@/lib/http/operation'

const tag = 'firmware'

/** The emergency stop of all firmware work. */
export const emergencyStopOperations = {
  read: operation({ id: 'readEmergencyStop', method: 'get', path: '/emergency-stop', tag, summary: 'Whether all firmware work is stopped, and what still finishes', input: readStopInput, output: emergencyStopDto, run: (actor) => readEmergencyStop(actor) }),
  stop: operation({ id: 'stopFirmware', method: 'post', path: '/emergency-stop', tag, summary: 'Stop all firmware work: nothing that has not begun starts', input: stopInput, output: emergencyStopDto, run: (actor, input) => stopFirmware(actor, input) }),
  lift: operation({ id: 'liftStop', method: 'post', path: '/emergency-stop/lift', tag, summary: 'Let firmware work go on', input: liftStopInput, output: emergencyStopDto, run: (actor) => liftStop(actor) }),
}
