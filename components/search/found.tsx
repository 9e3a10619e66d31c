'use client'
import type { SearchQuestion } from '@/lib/queries/search'
import type { SearchResult } from '@/lib/search/dto'
import { EQUIPMENT_LOOK, FIREWALL_LOOK, PLACE_LOOK } from './found-looks'
import { FoundSection } from './found-section'
import { HOLDER_LOOK } from './holder-look'
import { ALIAS_LOOK, RULE_LOOK } from './rule-looks'

/** The groups, devices first unless a name was typed. */
export function Found({ question, result }: { question: SearchQuestion; result: SearchResult }) {
  const part = { question, asked: result.asked.text }
  const named = [
    <FoundSection key="firewalls" {...part} look={FIREWALL_LOOK} first={result.firewalls} />,
    <FoundSection key="places" {...part} look={PLACE_LOOK} first={result.places} />,
  ]
  const devices = [
    <FoundSection key="holders" {...part} look={HOLDER_LOOK} first={result.holders} />,
    <FoundSection key="equipment" {...part} look={EQUIPMENT_LOOK} first={result.equipment} />,
    <FoundSection key="rules" {...part} look={RULE_LOOK} first={result.rules} />,
    <FoundSection key="aliases" {...part} look={ALIAS_LOOK} first={result.aliases} />,
  ]
  return <div className="flex flex-col gap-5 pb-8">{result.asked.as === 'text' ? [...named, ...devices] : [...devices, ...named]}</div>
}
