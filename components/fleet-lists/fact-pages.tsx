'use client'
import { ALIAS_FACTS } from './alias-facts'
import { FactList } from './fact-list'
import { LEASE_FACTS, NEIGHBOUR_FACTS } from './neighbour-facts'
import { RULE_FACTS } from './rule-facts'

export const RuleFacts = () => <FactList look={RULE_FACTS} />
export const AliasFacts = () => <FactList look={ALIAS_FACTS} />
export const NeighbourFacts = () => <FactList look={NEIGHBOUR_FACTS} />
export const LeaseFacts = () => <FactList look={LEASE_FACTS} />
