// core/firmware/*: what each call answers and which job it starts (contract section 3.2).
import { randomUUID } from 'node:crypto'
import type { Incoming } from '../exchange'
import type { FamilyHost } from '../family'
import { type JsonObject, objectOf, textOf } from '../json'
import { recordedBody, recordedObject } from '../recorded'
import type { Firmware, StartKind } from './firmware'
import { ok } from './replies'
import type { Action } from './routes'

/** Path below /api to what answers it. */
export function firmwareRoutes(host: FamilyHost, firmware: Firmware): Record<string, Action> {
  const now = () => host.nowMs()
  const wrote = (request: Incoming) => host.counter.write({ method: request.method, path: request.path, body: request.body.toString('utf8') })
  const onPost =
    (act: (request: Incoming) => void): Action =>
    (request) => {
      if (request.method !== 'POST') return ok({ status: 'failure' })
      act(request)
      return ok({ msg_uuid: randomUUID(), status: 'ok' })
    }
  const start = (kind: StartKind) =>
    onPost((request) => {
      wrote(request)
      host.counter.updateStart(kind, now(), firmware.start(kind, now()))
    })
  const set: Action = (request, _route, post) => {
    const type = textOf(objectOf(post['firmware'])['type'])
    if (request.method !== 'POST' || !['', 'business', 'devel'].includes(type)) return ok(recordedBody('opnsense', 'core-firmware-set.invalid'))
    firmware.forgetCheck()
    wrote(request)
    return ok({ status: 'ok' })
  }
  const changelog: Action = (request, route) => {
    const version = route.parameters[0]
    if (request.method !== 'POST' || version === undefined || !/^\d\d\.\d/.test(version)) return ok({ status: 'failure' })
    const notes: JsonObject = { ...recordedObject('opnsense', 'core-firmware-changelog'), version }
    return ok(notes)
  }
  return {
    'core/firmware/check': onPost(() => firmware.check(now())),
    'core/firmware/update': start('update'),
    'core/firmware/upgrade': start('upgrade'),
    'core/firmware/health': onPost(() => undefined),
    'core/firmware/audit': onPost(() => undefined),
    'core/firmware/reboot': onPost((request) => {
      wrote(request)
      firmware.reboot(now())
    }),
    'core/firmware/status': (request) => {
      // A POST makes a synchronous check first.
      if (request.method === 'POST') firmware.checkNow(now())
      return ok(firmware.status(now()))
    },
    'core/firmware/upgradestatus': () => ok(firmware.upgradeStatus(now())),
    'core/firmware/running': () => ok({ status: firmware.isBusy(now()) ? 'busy' : 'ready' }),
    'core/firmware/log': () => ok(firmware.keptLog()),
    'core/firmware/info': () => ok(firmware.adapted(recordedObject('opnsense', 'core-firmware-info'))),
    'core/firmware/changelog': changelog,
    'core/firmware/set': set,
  }
}
