import type { Gap, Listing, Rule } from '@/lib/adapters/model'
import { AppError } from '@/lib/core/errors'
import type { Session } from './call'
import type { InterfaceLabels } from './map-endpoint'
import { toRuleRow, toRules } from './map-rules'
import { below, ENDPOINTS, isPathPart } from './read-endpoints'
import { ALL_ROWS, inPairs, part } from './read-parts'
import { ruleCategories, ruleInterfaces, ruleItem, ruleRow, type RuleInterface, type RuleRow } from './read-rule-replies'
import { FULL_RULE_ROWS_SINCE, isAtLeast, RULES_IN_ONE_CALL_SINCE, type Version } from './read-version'
import { gridOf } from './replies'

export type RuleReading = {
  session: Session
  /** Null when no call that the key may use tells the version: then the way that is complete in every version is taken. */
  version: Version | null
  signal: AbortSignal
  /** At most so many rules are read one by one (up to 25.1.4); a credential test needs only one. */
  singleReadsMax?: number
}

const LEGACY_GAP: Gap = {
  part: 'Rules of the older rule pages and automatic rules',
  reason: 'Before 25.1.5 the API lists only rules made under Firewall › Automation; look at the firewall itself for the others.',
}

/**
 * Every rule that the API of this version shows, section 6.1: up to 25.1.4 one listing of labels and one call per rule;
 * 25.1.5 to 26.1.0 one call per interface and one without; later one call. `show_all` adds the rules that are not editable.
 */
export async function readRules(reading: RuleReading): Promise<Listing<Rule>> {
  const { session, version, signal } = reading
  const isLabelsOnly = version !== null && !isAtLeast(version, FULL_RULE_ROWS_SINCE)
  const base = await searchRules(reading, null)
  const needsSingles = base.some((row) => row.direction === '')
  if (isLabelsOnly || needsSingles) return readOneByOne(reading, base)

  const interfaces = await part('Interface names', session.ask({ endpoint: ENDPOINTS.ruleInterfaces, reply: ruleInterfaces, signal }))
  const isPerInterface = version === null || !isAtLeast(version, RULES_IN_ONE_CALL_SINCE)
  const known = interfaces.value ?? []
  const more = isPerInterface ? await inPairs(known, (entry) => searchRules(reading, entry.value)) : []
  // Without the list of interfaces their rules cannot be asked for: that must not look like an empty list.
  if (isPerInterface && interfaces.gap && !interfaces.isAbsent) throw interfaces.error
  const categories = await readCategories(reading, [base, ...more])
  return toRules([base, ...more], labelsOf(known), categories, isPerInterface && interfaces.gap ? [LEGACY_GAP] : [])
}

async function searchRules({ session, signal }: RuleReading, interfaceId: string | null): Promise<RuleRow[]> {
  const body = { ...ALL_ROWS, show_all: '1', ...(interfaceId !== null && { interface: interfaceId }) }
  return (await session.ask({ endpoint: ENDPOINTS.rules, reply: gridOf(ruleRow), signal, body })).rows
}

const labelsOf = (interfaces: readonly RuleInterface[]): InterfaceLabels => new Map(interfaces.map((entry) => [entry.value, entry.label || entry.value]))

/** Category names are asked for only where rows carry ids without names (25.1.5 to 26.1). */
async function readCategories({ session, signal }: RuleReading, replies: readonly (readonly RuleRow[])[]): Promise<ReadonlyMap<string, string>> {
  const isNameless = replies.some((rows) =>
    rows.some((row) => row.categories !== '' && row.category_colors.length === 0 && row['%categories'] === '' && row.legacy !== true),
  )
  if (!isNameless) return new Map()
  const reply = await part('Category names', session.ask({ endpoint: ENDPOINTS.ruleCategories, reply: ruleCategories, signal }))
  return new Map(reply.value?.rows.map((row) => [row.uuid, row.name]))
}

async function readOneByOne(reading: RuleReading, base: readonly RuleRow[]): Promise<Listing<Rule>> {
  const { session, signal, singleReadsMax = Number.POSITIVE_INFINITY } = reading
  const labels = new Map<string, string>()
  const wanted = base.filter((row) => row.direction === '' && isPathPart(row.uuid))
  const single = new Set(wanted.slice(0, singleReadsMax))
  const rows = await inPairs(base, async (row) => {
    if (!single.has(row)) return row
    const item = await session.ask({ endpoint: below(ENDPOINTS.rule, row.uuid), reply: ruleItem, signal })
    // Deleted between the two calls: it is no rule any more.
    if (item === null) return null
    for (const option of item.interface.options) labels.set(option.key, option.label)
    return toRuleRow(row.uuid, item, row)
  })
  if (wanted.length < base.filter((row) => row.direction === '').length) {
    throw new AppError('firewall-reply-not-understood', 'A rule in the list of the firewall has an id that cannot be asked for.', {
      path: ENDPOINTS.rules.path,
    })
  }
  return toRules([rows.filter((row) => row !== null)], labels, new Map(), [LEGACY_GAP])
}
