// What a copy of the audit log can be. Browser-safe.

/** Worst first. `failing`: the last try failed, and it is tried again. `behind`: the oldest missing entry is a minute old. */
export const COPY_STATES = ['failing', 'behind', 'paused', 'up-to-date'] as const
export type CopyState = (typeof COPY_STATES)[number]

export const COPY_BEHIND_SECONDS = 60

export function copyState({ enabled, failures, behindSeconds }: { enabled: boolean; failures: number; behindSeconds: number }): CopyState {
  if (!enabled) return 'paused'
  if (failures > 0) return 'failing'
  return behindSeconds > COPY_BEHIND_SECONDS ? 'behind' : 'up-to-date'
}
