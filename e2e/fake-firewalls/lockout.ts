// pfSense's login protection: sshguard's scores per source address, then dropped connections for a growing time.
const SCORE = 10
const THRESHOLD = 30
const MEMORY_MS = 1_800_000
const FIRST_BLOCK_MS = 120_000
const GROWTH = 1.5

type Source = { failuresMs: number[]; blocks: number; blockedUntilMs: number }

export class Lockout {
  readonly #sources = new Map<string, Source>()

  /** Returns true when this failure closes the door. */
  fail(peer: string, nowMs: number): boolean {
    const source = this.#sources.get(peer) ?? { failuresMs: [], blocks: 0, blockedUntilMs: 0 }
    this.#sources.set(peer, source)
    source.failuresMs = [...source.failuresMs.filter((at) => nowMs - at < MEMORY_MS), nowMs]
    if (source.failuresMs.length * SCORE < THRESHOLD) return false
    source.blockedUntilMs = nowMs + FIRST_BLOCK_MS * GROWTH ** source.blocks
    source.blocks += 1
    source.failuresMs = []
    return true
  }

  blocks(peer: string, nowMs: number): boolean {
    return nowMs < (this.#sources.get(peer)?.blockedUntilMs ?? 0)
  }

  clear(): void {
    this.#sources.clear()
  }
}
