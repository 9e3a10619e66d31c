import type { GroupPage, Meaning } from './dto'

type InList = Pick<GroupPage<unknown>, 'inList'>
const MIN = 3
const arp = (...where: [string, string][]): InList => ({ inList: { list: 'arp', where } })
const rules = (...where: [string, string][]): InList => ({ inList: { list: 'rules', where } })
const aliases = (...where: [string, string][]): InList => ({ inList: { list: 'aliases', where } })

function holders(meaning: Meaning): InList {
  switch (meaning.as) {
    case 'address':
      return arp(['ip', meaning.address])
    case 'network':
      return arp(['ip__gte', meaning.first], ['ip__lte', meaning.last])
    case 'mac':
      return arp([meaning.isWhole ? 'mac' : 'mac__contains', meaning.mac])
    case 'text':
      return meaning.text.length >= MIN ? arp(['hostname__contains', meaning.text]) : {}
    case 'port':
      return {}
  }
}

function inRules(meaning: Meaning): InList {
  switch (meaning.as) {
    case 'address':
      return rules(['destination__address', meaning.address])
    case 'network':
      return rules(['destination__address__gte', meaning.first], ['destination__address__lte', meaning.last])
    case 'port':
      return rules(['destination__port', meaning.port])
    case 'text':
      return meaning.text.length >= MIN ? rules(['description__contains', meaning.text]) : {}
    case 'mac':
      return rules(['description__contains', meaning.mac])
  }
}

function inAliases(meaning: Meaning): InList {
  if (meaning.as === 'address') return aliases(['content', meaning.address])
  if (meaning.as === 'port') return aliases(['content', meaning.port])
  return meaning.as === 'text' && meaning.text.length >= MIN ? aliases(['name__contains', meaning.text]) : {}
}

/** The nearest question that the fleet-wide list takes; the list knows nothing of what is gone, nor of networks around an address. */
export const inListOf = (group: 'holders' | 'rules' | 'aliases', [meaning]: readonly [Meaning, ...Meaning[]]): InList => (group === 'holders' ? holders(meaning) : group === 'rules' ? inRules(meaning) : inAliases(meaning))
