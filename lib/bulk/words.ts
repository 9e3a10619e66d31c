/** Firewalls of one act at most, and of them picked by hand. */
export const BULK_MAX = 20_000
export const PICKED_MAX = 2_000
