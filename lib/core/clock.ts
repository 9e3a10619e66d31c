/** The present, so that tests can hand in their own. */
export type Clock = () => Date
export const systemClock: Clock = () => new Date()
