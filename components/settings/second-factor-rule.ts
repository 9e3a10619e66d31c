// What a rule about second factors would mean for the operators there are. Pure, so that it can be tested.
import { plural } from '@/lib/format/numbers'
import type { SettingsDto } from '@/lib/settings/input'
import type { OperatorDto } from '@/lib/team/input'

export type FactorRule = SettingsDto['secondFactorFor']
export const RULE_WORDS = {
  nobody: ['Nobody', 'A password alone is enough, also for owners. Dangerous acts ask for the password again.'],
  admins: ['Admins and owners', 'Who manages firewalls and operators. Others may set one up by themselves.'],
  everyone: ['Everyone', 'No operator gets in with a password alone.'],
} as const satisfies Record<FactorRule, readonly [word: string, meaning: string]>

type Person = Pick<OperatorDto, 'state' | 'secondFactor' | 'grants' | 'isYou'>

const concerns = (rule: FactorRule, { grants }: Person): boolean =>
  rule === 'everyone' || (rule === 'admins' && grants.some(({ role }) => role === 'admin' || role === 'owner'))

/** Who would still have to set one up: those who work here, and those who have yet to join. */
export function missingUnder(rule: FactorRule, people: readonly Person[]): { active: number; invited: number; you: boolean } {
  const missing = people.filter((person) => person.state !== 'disabled' && !person.secondFactor && concerns(rule, person))
  return {
    active: missing.filter(({ state }) => state === 'active').length,
    invited: missing.filter(({ state }) => state === 'invited').length,
    you: missing.some(({ isYou }) => isYou),
  }
}

/** What follows when this rule is saved, in a sentence or two. */
export function ruleConsequence(rule: FactorRule, people: readonly Person[]): string {
  const { active, invited, you } = missingUnder(rule, people)
  if (rule === 'nobody') return 'Nobody is asked to set one up. Who has one still signs in with it.'
  const now =
    active === 0
      ? 'All of them who work here have one already.'
      : active === 1 && you
        ? 'You will be asked to set one up at your next page.'
        : `${plural(active, 'operator')} will be asked to set one up at their next page${you ? '; you are one of them' : ''}.`
  return invited === 0 ? now : `${now} ${plural(invited, 'invited operator')} will set one up when joining.`
}
