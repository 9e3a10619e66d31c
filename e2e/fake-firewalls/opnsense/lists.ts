// Reads whose reply depends on the version, the size asked for or the time.
import { secondsLeft } from '../expiry'
import { numberedIp, numberedMac, numberedUuid, sized } from '../generate'
import { type Json, type JsonObject, objectOf, objectsOf } from '../json'
import { recordedBody, recordedObject } from '../recorded'
import { isAtLeast } from './version'

/** Not recorded; in the form that contract section 2 gives. */
export const CPU_TYPE: Json = ['Intel(R) Atom(TM) CPU C3558 @ 2.20GHz (4 cores, 4 threads)']

/** Not recorded; an option map around the field that contract section 8 names, from 26.7 on. */
export const SOURCE_NAT_MODE: Json = {
  filter: {
    general: {
      snat_mode: {
        automatic: { value: 'Automatic outbound NAT rule generation', selected: 0 },
        hybrid: { value: 'Hybrid outbound NAT rule generation', selected: 1 },
        advanced: { value: 'Manual outbound NAT rule generation', selected: 0 },
        disabled: { value: 'Disable outbound NAT rule generation', selected: 0 },
      },
    },
  },
}

/** Up to 25.1.0 a flat map. It was recorded on a firewall whose rules had an error. */
export function systemStatus(version: string, rulesLoaded: boolean): Json {
  const recorded = recordedObject('opnsense', 'core-system-status')
  const body = rulesLoaded ? withLoadedRules(recorded) : recorded
  if (isAtLeast(version, '25.1.1')) return body
  const { statusCode = null, message = null, timestamp = null, age = null, location = null } = objectOf(objectOf(body['subsystems'])['firewall'])
  return { Firewall: { statusCode, message, logLocation: location, timestamp, status: rulesLoaded ? 'OK' : 'Error', age }, System: { status: rulesLoaded ? 'OK' : 'Error' } }
}

function withLoadedRules(body: JsonObject): JsonObject {
  const { metadata, subsystems } = body
  const { system } = objectOf(metadata)
  const firewall: JsonObject = { ...objectOf(objectOf(subsystems)['firewall']), statusCode: 2, status: 'OK', message: 'No problems were detected.' }
  return { metadata: { ...objectOf(metadata), system: { ...objectOf(system), status: 'OK' } }, subsystems: { ...objectOf(subsystems), firewall } }
}

export function arpRows(count: number | undefined, elapsedMs: number): JsonObject[] {
  const seeds = objectsOf(recordedBody('opnsense', 'diagnostics-interface-get_arp'))
  const made = (index: number): JsonObject => ({
    ...seeds[1],
    ip: numberedIp(index),
    mac: numberedMac(index),
    hostname: `host-${index}`,
    expires: 60 + (index % 1100),
  })
  return sized(seeds, count, made).map((row) =>
    row['permanent'] === true || row['expired'] === true ? row : { ...row, expires: secondsLeft(Number(row['expires']), elapsedMs) },
  )
}

/** Before 25.7 fewer columns and labels instead of values. */
export function aliasRows(version: string, count: number | undefined): JsonObject[] {
  const series = ['25.1', '25.7', '26.1'].find((known) => version.startsWith(known))
  const seeds = objectsOf(recordedObject('opnsense', `${series === undefined ? '' : `v${series}-`}firewall-alias-search_item`)['rows'])
  const made = (index: number): JsonObject => ({
    ...seeds[0],
    uuid: numberedUuid('alias', index),
    name: `generated_${index}`,
    content: numberedIp(index),
    description: `Generated alias ${index}`,
  })
  return sized(seeds, count, made)
}

/** 25.x has the same idea without the section for any interface. */
export function interfaceList(version: string): JsonObject {
  const { any, ...sections } = recordedObject('opnsense', 'firewall-filter-get_interface_list')
  return isAtLeast(version, '26.1') ? { ...sections, any: any ?? {} } : sections
}

/** Automatic rules are listed from 26.7 on. */
export function sourceNatRows(version: string): JsonObject[] {
  const rows = objectsOf(recordedObject('opnsense', 'firewall-source_nat-search_rule')['rows'])
  return isAtLeast(version, '26.7') ? rows : rows.filter((row) => row['is_automatic'] !== true)
}

export const interfaceRows = (withStatistics: boolean): JsonObject[] =>
  objectsOf(recordedObject('opnsense', withStatistics ? 'interfaces-overview-interfaces_info.details' : 'interfaces-overview-interfaces_info')['rows'])
