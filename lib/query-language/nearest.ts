/** How operators of the API packages may call what has another name here. */
const ALSO_CALLED: Readonly<Record<string, string>> = {
  descr: 'description',
  type: 'action',
  tracker: 'id',
  ipprotocol: 'ipVersion',
  source_port: 'source__port',
  destination_port: 'destination__port',
  disabled: 'enabled',
  sched: 'schedule',
  statetype: 'stateType',
  created_time: 'createdAt',
  updated_time: 'updatedAt',
  created_by: 'createdBy',
  updated_by: 'updatedBy',
  address: 'content',
  detail: 'remarks',
  ip_address: 'ip',
  mac_address: 'mac',
  active_status: 'state',
}
const DISTANCE_MAX = 3

/** Edits that make one word another, by rows of the usual table. */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, place) => place)
  for (let i = 1; i <= from.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= to.length; j += 1) next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1)))
    row = next
  }
  return row[to.length] ?? 0
}

/** What was probably meant; null when nothing is near. Words of over 40 characters are near nothing. */
export function nearest(word: string, known: readonly string[]): string | null {
  const also = Object.entries(ALSO_CALLED).find(([name]) => name === word)?.[1]
  if (also !== undefined && known.includes(also)) return also
  if (word.length > 40) return null
  const plain = word.toLowerCase().replaceAll('_', '')
  const [best] = known.map((name) => ({ name, away: distance(plain, name.toLowerCase().replaceAll('_', '')) })).toSorted((a, b) => a.away - b.away)
  return best && best.away <= Math.min(DISTANCE_MAX, Math.floor(plain.length / 2)) ? best.name : null
}
