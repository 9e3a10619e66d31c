// What a person types or pastes into the filter bar, as conditions. Pure, so that it can be tested.
import { fieldsOf, type ListName } from '@/lib/query-language/fields'
import { patternOf } from '@/lib/query-language/formats'
import type { Pair } from '@/lib/query-language/parse'

const ADDRESS = new RegExp(patternOf('ip'))
const MAC = new RegExp(patternOf('mac'))
/** `10.`, `10.0.3`, `192.168.0.0/16`, `2001:db8::`: the beginning of an address, or a network. */
const LIKE_ADDRESS = /^(\d{1,3}\.[\d./]*|[0-9a-f]{0,4}:[0-9a-f:.]*(\/\d*)?)$/i
/** `00:1a:2b`, `00-1A-2B-`: the beginning of a MAC address. */
const LIKE_MAC = /^([0-9a-f]{2}[:-]){2,}[0-9a-f]{0,2}$/i
const PORT = new RegExp(patternOf('port'))
/** Fewer letters are found only at the beginning: an index of parts of texts knows three and more. */
const PART_LETTERS_MIN = 3

const part = (field: string, word: string): Pair => [`${field}__${Array.from(word).length < PART_LETTERS_MIN ? 'startswith' : 'contains'}`, word]
/** As the lists have it: lower-case, with colons. */
const mac = (word: string): string => word.toLowerCase().replaceAll('-', ':')

function neighbourWord(word: string, more: readonly string[]): Pair[] {
  if (MAC.test(word)) return [['mac', mac(word)]]
  if (ADDRESS.test(word)) return [['ip', word]]
  const texts = ['hostname', ...more].map((field) => part(field, word))
  if (LIKE_MAC.test(word))
    return [
      ['mac__startswith', mac(word)],
      ['ip__startswith', word],
    ]
  return LIKE_ADDRESS.test(word) ? [['ip__startswith', word], ...texts] : [...texts, ['mac__startswith', mac(word)]]
}

/**
 * What a word without a field may stand for, the likeliest first: its shape decides whether it is an address, a MAC, a
 * port or a text.
 */
export function readWord(list: ListName, word: string): Pair[] {
  switch (list) {
    case 'firewalls':
      return [['search', word]]
    case 'rules': {
      const text = part('description', word)
      if (LIKE_ADDRESS.test(word) || ADDRESS.test(word)) return [part('destination__address', word), part('source__address', word), text]
      return PORT.test(word) ? [['destination__port', word], ['source__port', word], text] : [text, ['destination__address', word], ['source__address', word]]
    }
    case 'aliases': {
      const texts = [part('name', word), part('description', word)]
      return LIKE_ADDRESS.test(word) || ADDRESS.test(word) ? [part('content', word), ...texts] : [...texts, part('content', word)]
    }
    case 'arp':
      return neighbourWord(word, ['manufacturer'])
    case 'leases':
      return neighbourWord(word, ['description'])
  }
}

/** A condition as typed, its value to the last blank; null when there is no `=` in it. */
export function readCondition(text: string): Pair | null {
  const at = text.indexOf('=')
  if (at < 0) return null
  const [name, value] = [text.slice(0, at).trim(), text.slice(at + 1)]
  // The comma behind the last of several is where the next one would have come.
  return [name, name.endsWith('__in') ? value.replace(/,+\s*$/, '') : value]
}

/** What is typed, read on Enter; null for nothing. A word alone becomes what it most likely stands for. */
export function readTyped(list: ListName, typed: string): Pair | null {
  const word = typed.trim()
  if (word === '') return null
  return readCondition(typed) ?? readWord(list, word)[0] ?? null
}

/** Names that an address of a page or of the API has beside its conditions. */
const BESIDE = ['sort', 'limit', 'cursor', 'gone', 'view', 'columns']
const NAME = /^[A-Za-z]\w*$/

/**
 * Conditions of a pasted address or query string, decoded; null when it is none. What is not encoded is read as such only
 * where every part between two `&` is a condition, so that `customer__name=Anvil & Sons` stays one.
 */
export function readPasted(list: ListName, pasted: string): Pair[] | null {
  const text = pasted.trim()
  const question = text.indexOf('?')
  const address = question >= 0 && /^([a-z]+:\/\/\S*|\/\S*|)$/i.test(text.slice(0, question))
  const query = address ? (text.slice(question + 1).split('#')[0] ?? '') : text
  const parts = query.split('&')
  const named = parts.every((each) => NAME.test(each.split('=')[0] ?? '') && each.includes('='))
  if (!named || (!address && parts.length < 2)) return null
  const known = fieldsOf(list).map(({ name }) => name)
  return [...new URLSearchParams(query)].flatMap(([name, value]): Pair[] => {
    if (name === 'customer') return [['customer__id', value]]
    return BESIDE.includes(name) && !known.includes(name) ? [] : [[name, value]]
  })
}
