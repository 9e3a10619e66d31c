// ARP entries grow old with the simulated clock. An entry that runs out is seen again at once, as on a busy network.
const LIFETIME_SECONDS = 1200

/** Seconds left of an entry that had `initialSeconds` left when the firewall was added. */
export function secondsLeft(initialSeconds: number, elapsedMs: number): number {
  const left = (initialSeconds - Math.floor(elapsedMs / 1000)) % LIFETIME_SECONDS
  return left < 0 ? left + LIFETIME_SECONDS : left
}

/** The same within a sentence such as "Expires in 1150 seconds"; other texts stay. */
export const agedText = (text: string, elapsedMs: number): string =>
  text.replace(/xpires in (\d+) seconds/, (_, seconds: string) => `xpires in ${secondsLeft(Number(seconds), elapsedMs)} seconds`)
