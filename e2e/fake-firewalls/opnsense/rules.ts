// Firewall rules as each version shows them (contract section 6.1): what is left out matters as much as what is shown.
import { numberedIp, numberedUuid, sized } from '../generate'
import { type JsonObject, objectOf, objectsOf, textOf } from '../json'
import { recordedObject } from '../recorded'
import { isAtLeast } from './version'

const TEMPLATE_UUID = 'a5555555-5555-4555-8555-555555555555'
const rowsOf = (name: string) => objectsOf(recordedObject('opnsense', name)['rows'])
const isOwn = (row: JsonObject) => row['legacy'] !== true

/** Brings a row of 26.7 into the field set of an older version, learnt from the one row that both recordings show. */
function reshaped(row: JsonObject, from: JsonObject, to: JsonObject): JsonObject {
  const kept = Object.entries(row).filter(([key]) => key in to || !(key in from))
  const added = Object.entries(to).filter(([key]) => !(key in from) && !(key in row))
  return { ...Object.fromEntries(kept), ...Object.fromEntries(added) }
}

/** Automatic and legacy rows carried labels where later versions carry values, up to 26.1. */
function withLabels(row: JsonObject): JsonObject {
  const value = (key: string) => row[key] ?? ''
  return {
    ...row,
    action: value('%action'),
    '%action': value('action'),
    ipprotocol: value('%ipprotocol'),
    '%ipprotocol': value('ipprotocol'),
    '%direction': value('direction'),
  }
}

function rowsOfVersion(version: string): JsonObject[] {
  const newest = rowsOf('firewall-filter-search_rule')
  if (isAtLeast(version, '26.1.10')) return newest
  const prefix = isAtLeast(version, '26.1') ? 'v26.1-' : 'v25.7-'
  const recorded = rowsOf(`${prefix}firewall-filter-search_rule.show_all`)
  const byId = new Map(recorded.map((row) => [textOf(row['uuid']), row]))
  const template = (rows: JsonObject[], own: boolean) => rows.find((row) => (own ? row['uuid'] === TEMPLATE_UUID : row['is_automatic'] === true)) ?? {}
  return newest.map((row) => {
    const own = isOwn(row)
    const shaped = reshaped(row, template(newest, own), template(recorded, own))
    return byId.get(textOf(row['uuid'])) ?? (own ? shaped : withLabels(shaped))
  })
}

const interfacesOf = (row: JsonObject) =>
  textOf(row['interface'])
    .split(',')
    .filter((name) => name !== '')
const isFloating = (row: JsonObject) => interfacesOf(row).length !== 1

export class Rules {
  readonly #rows: JsonObject[]
  readonly #version: string
  readonly #namesOf: Record<string, string> = { wan: 'WAN', lan: 'LAN', opt1: 'Guest & IoT' }
  #size: number | undefined

  constructor(version: string) {
    this.#version = version
    this.#rows = rowsOfVersion(version)
  }

  resize(count: number | undefined): void {
    this.#size = count
  }

  /** What `search_rule` lists. `interfaceName` undefined = parameter not sent. */
  list(interfaceName: string | undefined, showAll: boolean): JsonObject[] {
    const all = this.#all().toSorted((a, b) => textOf(a['sort_order']).localeCompare(textOf(b['sort_order'])))
    if (!isAtLeast(this.#version, '25.1.5')) return all.filter(isOwn).map((row) => this.#early(row))
    const newest = isAtLeast(this.#version, '26.1.10')
    const visible = newest || showAll ? all : all.filter(isOwn)
    const chosen = this.#chosen(visible, interfaceName, newest || showAll)
    return newest && showAll ? chosen.map((row) => this.#counted(row)) : chosen
  }

  find(uuid: string): JsonObject | undefined {
    return this.#rows.find((row) => row['uuid'] === uuid && isOwn(row))
  }

  /** Also one of those that only the size makes. */
  shown(uuid: string): JsonObject | undefined {
    return this.#all().find((row) => row['uuid'] === uuid && isOwn(row))
  }

  #all(): JsonObject[] {
    const template = this.#rows.find((row) => row['uuid'] === 'a1111111-1111-4111-8111-111111111111') ?? {}
    return sized(this.#rows, this.#size, (index) => {
      const sequence = String(1000 + index)
      const order = `400000.${sequence.padStart(7, '0')}`
      return {
        ...template,
        uuid: numberedUuid('rule', index),
        sequence,
        sort_order: order,
        interface: index % 2 === 0 ? 'lan' : 'opt1',
        source_net: numberedIp(index),
        description: `Generated rule ${index}`,
      }
    })
  }

  #chosen(rows: JsonObject[], interfaceName: string | undefined, withShared: boolean): JsonObject[] {
    const allWithoutInterface = isAtLeast(this.#version, '26.1.1')
    if (interfaceName === undefined && allWithoutInterface) return rows
    if (interfaceName === undefined || interfaceName === '') return rows.filter(isFloating)
    const wanted = interfaceName.split(',')
    const labels = wanted.map((name) => this.#namesOf[name] ?? name)
    const shared = withShared || isAtLeast(this.#version, '26.1.8')
    return rows.filter((row) => {
      const on = interfacesOf(row)
      return (on.length === 0 && shared) || (on.length === 1 && (wanted.includes(on[0] ?? '') || labels.includes(on[0] ?? '')))
    })
  }

  /** 25.1.4 and before: five fields, the action as a label. */
  #early(row: JsonObject): JsonObject {
    return {
      uuid: row['uuid'] ?? '',
      enabled: row['enabled'] ?? '',
      sequence: row['sequence'] ?? '',
      action: row['%action'] ?? row['action'] ?? '',
      description: row['description'] ?? '',
    }
  }

  #counted(row: JsonObject): JsonObject {
    const counted = rowsOf('firewall-filter-search_rule.show_all').find((candidate) => candidate['uuid'] === row['uuid'])
    return { ...objectOf(counted), ...row }
  }
}
