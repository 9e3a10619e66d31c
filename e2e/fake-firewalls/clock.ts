// The simulated clock: token expiry, ARP expiry, update durations and lockouts follow it.

/** Runs with real time from where it was last set. A test jumps with `advance`; `freeze` stops it altogether. */
export class Clock {
  #aheadMs = 0
  #frozenAtMs: number | null = null

  nowMs(): number {
    return this.#frozenAtMs ?? Date.now() + this.#aheadMs
  }

  set(nowMs: number): void {
    this.#aheadMs = nowMs - Date.now()
    if (this.#frozenAtMs !== null) this.#frozenAtMs = nowMs
  }

  advance(byMs: number): void {
    this.set(this.nowMs() + byMs)
  }

  freeze(frozen: boolean): void {
    const nowMs = this.nowMs()
    this.#frozenAtMs = frozen ? nowMs : null
    if (!frozen) this.set(nowMs)
  }
}
