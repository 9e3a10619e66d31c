// When something comes and goes so often that each time is no news any more. Pure.

/** What comes back within this time after it resolved is the same alert again, and counts. */
export const CAME_BACK_MS = 3_600_000
/** So often within an hour, and it flaps: told once, then open until it was calm. */
const FLAPS_UNTIL_FLAPPING = 3
/** A flapping alert resolves when it was over for so long without a break. */
const CALM_MINUTES = 30

/** `comeBacks`: within the last hour, this one included. */
export const isFlappingAfter = (comeBacks: number): boolean => comeBacks >= FLAPS_UNTIL_FLAPPING

/** Minutes for which it has to be over until it resolves. */
export const clearMinutes = (isFlapping: boolean, clearsAfterMinutes: number): number => (isFlapping ? Math.max(CALM_MINUTES, clearsAfterMinutes) : clearsAfterMinutes)
