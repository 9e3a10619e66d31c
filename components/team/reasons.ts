import type { OperatorDto } from '@/lib/team/input'

/** Why this person cannot reset, sign out, disable or remove this operator; null when they can. */
export function reasonNotToChange({ isYou, mayChange }: Pick<OperatorDto, 'isYou' | 'mayChange'>): string | null {
  if (isYou) return 'This is you. What is your own is on your account page; for the rest ask another admin or owner.'
  return mayChange ? null : 'They have a role that you do not have. An owner can do this.'
}

/** The same for what ends the access of an operator. */
export const reasonNotToEnd = (operator: OperatorDto): string | null =>
  operator.isLastOwner ? 'This is the last owner. Make someone else an owner first.' : reasonNotToChange(operator)
