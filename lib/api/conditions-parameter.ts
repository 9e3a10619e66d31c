import { FILTERS_OF } from '@/lib/query-language/condition'
import { fieldsOf, type ListName } from '@/lib/query-language/fields'
import { FORMATS } from '@/lib/query-language/formats'

const RULES = `Conditions, all of which must hold: field=value or field__FILTER=value. Case-sensitive. Numeric text compares as a number. A list matches when one element does, a missing field equals nothing. A repeated condition must hold each time; in takes a comma list or repeats. Formats: ${FORMATS.join(', ')}. regex is RE2 syntax. contains, endswith and regex with fewer than three letters in a row need a second condition.`

/** Names are free, so the document has them as one object whose members stand in the query by themselves. */
const describe = (list: ListName) => ({
  name: 'where',
  in: 'query',
  required: false,
  style: 'form',
  explode: true,
  description: RULES,
  schema: {
    type: 'object',
    properties: Object.fromEntries(fieldsOf(list).map(({ name, type, words }) => [name, { type: 'string', description: `${type}: ${FILTERS_OF[type].join(', ')}`, ...(words.length > 0 && { examples: [...words] }) }])),
    additionalProperties: { type: 'string', maxLength: 256, description: 'field__FILTER' },
  },
})

/** The conditions that each list takes, for the OpenAPI document. */
export const CONDITIONS_PARAMETER: Record<ListName, ReturnType<typeof describe>> = { firewalls: describe('firewalls'), rules: describe('rules'), aliases: describe('aliases'), arp: describe('arp'), leases: describe('leases') }
