// The view of the operators as it stands in the address. Pure, so that it can be tested.
import type { OperatorFilter } from '@/lib/queries/operators'
import { OPERATOR_STATES, type OperatorDto } from '@/lib/team/input'

/** Names as in the address. `factor=no` lists who has no second factor. */
export const OPERATOR_CONDITIONS = ['search', 'state', 'customer', 'factor'] as const
export type OperatorCondition = (typeof OPERATOR_CONDITIONS)[number]
export type OperatorView = Record<OperatorCondition, string>

/** Reads an address; what is not understood counts as not said, so that an old link still opens. */
export function readOperatorView(params: { get: (name: string) => string | null }): OperatorView {
  const customer = params.get('customer') ?? ''
  return {
    // As typed: a blank at the end is the beginning of the next word.
    search: params.get('search') ?? '',
    state: OPERATOR_STATES.find((state) => state === params.get('state')) ?? '',
    customer: /^[0-9a-f-]{36}$/i.test(customer) ? customer : '',
    factor: ['yes', 'no'].find((factor) => factor === params.get('factor')) ?? '',
  }
}

/** `?search=…`, without what is not said. */
export function writeOperatorView(view: OperatorView): string {
  const params = new URLSearchParams(OPERATOR_CONDITIONS.filter((name) => view[name] !== '').map((name) => [name, view[name]]))
  return params.size === 0 ? '' : `?${params}`
}

/** What the API is asked for. */
export function toOperatorQuery(view: OperatorView): OperatorFilter {
  const search = view.search.trim()
  const state = OPERATOR_STATES.find((each) => each === view.state)
  return {
    ...(search !== '' && { search }),
    ...(state && { state }),
    ...(view.customer !== '' && { customerId: view.customer }),
    ...((view.factor === 'yes' || view.factor === 'no') && { secondFactor: view.factor }),
  }
}

export const activeOperatorConditions = (view: OperatorView): OperatorCondition[] => OPERATOR_CONDITIONS.filter((name) => view[name] !== '')

/** Whether a second factor is demanded of someone who can sign in and has none. */
export const lacksFactor = ({ state, secondFactor, secondFactorDemanded }: OperatorDto): boolean =>
  state !== 'disabled' && secondFactorDemanded && !secondFactor
/** Whether an invitation waits for nobody any more: its link was never used and has ended. */
export const invitationEnded = ({ state, link }: OperatorDto, nowMs: number): boolean =>
  state === 'invited' && (link === null || new Date(link.expiresAt).getTime() <= nowMs)

/** Who needs someone first, who is disabled last; else as they came, which is by name. */
export function worstFirst(operators: readonly OperatorDto[], nowMs: number): OperatorDto[] {
  const rank = (operator: OperatorDto): number =>
    operator.state === 'active' && lacksFactor(operator)
      ? 0
      : invitationEnded(operator, nowMs)
        ? 1
        : operator.state === 'invited'
          ? 2
          : operator.state === 'active'
            ? 3
            : 4
  return operators.toSorted((a, b) => rank(a) - rank(b))
}
