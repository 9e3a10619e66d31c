// One rule as `get_rule` shows it: option fields are maps of all options with the chosen ones marked (contract section 1.6).
import { isObject, type Json, type JsonObject, objectOf, textOf } from '../json'
import { recordedObject } from '../recorded'

/** The recording of the version's series gives the fields and their options. */
export function ruleItem(row: JsonObject, version: string): JsonObject {
  const series = ['25.1', '25.7', '26.1'].find((known) => version.startsWith(known))
  const template = objectOf(recordedObject('opnsense', `${series === undefined ? '' : `v${series}-`}firewall-filter-get_rule`)['rule'])
  return { rule: Object.fromEntries(Object.entries(template).map(([field, shown]) => [field, fieldOf(shown, textOf(row[field]), field in row)])) }
}

function fieldOf(shown: Json, value: string, isKnown: boolean): Json {
  if (!isObject(shown)) return isKnown ? value : shown
  const chosen = value.split(',')
  return Object.fromEntries(Object.entries(shown).map(([option, entry]) => [option, { ...objectOf(entry), selected: chosen.includes(option) ? 1 : 0 }]))
}
