/**
 * A process that stands still in the middle of a transaction, as on a machine that was suspended, keeps its locks: nobody could
 * stop or pause firmware work meanwhile. The database ends such a transaction after this; every one of ours is shorter.
 */
export const IDLE_TRANSACTION_MS = 30_000
