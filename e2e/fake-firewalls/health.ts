// What an update may leave behind, or a test break by hand: gateways, CARP roles, packet filter, disk.
import { type Json, mapRows, objectOf } from './json'
import type { HealthPatch } from './options'

export class Health {
  rulesLoaded = true
  gatewayDown = false
  carpRole: 'master' | 'backup' | 'init' | null = null
  diskFull = false

  patch(patch: HealthPatch): void {
    this.rulesLoaded = patch.rulesLoaded ?? this.rulesLoaded
    this.gatewayDown = patch.gatewayDown ?? this.gatewayDown
    this.diskFull = patch.diskFull ?? this.diskFull
    if (patch.carpRole !== undefined) this.carpRole = patch.carpRole
  }

  /** Rows of gateways in the words of the family; only the first goes down, as one line does. */
  gateways(rows: Json, down: Record<string, Json>): Json {
    if (!this.gatewayDown) return rows
    return mapRows(rows, (row, index) => (index === 0 ? { ...row, ...down } : row))
  }

  /** Rows that have a role, told of the forced one. */
  carp(rows: Json, key: string, spelled: (role: string) => string = (role) => role): Json {
    const role = this.carpRole
    if (role === null) return rows
    return mapRows(rows, (row) => (typeof objectOf(row)[key] === 'string' && row[key] !== '' ? { ...row, [key]: spelled(role) } : row))
  }
}
