import { plural } from '@/lib/format/numbers'
import type { RingWho } from '@/lib/plans/words'
import { conditionsOf } from './plan-draft'

/** Who belongs to a ring, as the picture of the plan says it. */
export function whoWords(who: RingWho): string {
  switch (who.by) {
    case 'query':
      return conditionsOf(who.query).map((pair) => pair.join('=')).join(' ')
    case 'spread':
      return `${Number.isNaN(who.percent) ? '?' : who.percent} %, spread`
    case 'hand':
      return `${plural(who.firewallIds.length, 'firewall')} by hand`
    case 'rest':
      return 'the rest'
  }
}

/** A ring of another kind, begun with what most people mean. */
export function newWho(by: RingWho['by']): RingWho {
  switch (by) {
    case 'query':
      return { by, query: 'tags=canary' }
    case 'spread':
      return { by, percent: 25 }
    case 'hand':
      return { by, firewallIds: [] }
    case 'rest':
      return { by }
  }
}
