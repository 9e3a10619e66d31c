// Why a ring halted, as far as one may be told.

/** What is told instead of the figures of a gate, which count firewalls of every customer of the plan. */
const ITS_GATE = 'Its gate counts firewalls of all customers of the plan.'

/** Why a ring halted. `whole`: who reads it may see every customer of the plan. */
export const ringReason = (reason: string | null, whole: boolean): string | null => (reason === null || whole ? reason : ITS_GATE)
/** The same of a plan that halted with its ring. */
export const haltedReason = (reason: string | null, whole: boolean): string | null => (reason === null || whole ? reason : `A ring halted. ${ITS_GATE} Someone who sees all of them can say why.`)
