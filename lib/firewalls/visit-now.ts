/**
 * For a transaction after which a firewall may be visited again, or differently: due at once, as one that never was silent.
 * A visit that is under way began before and changes nothing any more, because its term is over.
 */
export const visitNow = (now: Date) => ({ dueAt: now, statusDueAt: now, misses: 0, returns: 0, leasedBy: null, leaseTerm: { increment: 1 } })
