// Versions of the API package, `v2.10.0`. Not semantic versions: only plain releases are compared.

/** `dry_run` is honoured from here on; below it the request would really write (contract section 1). */
const DRY_RUN_SINCE = [2, 8, 0] as const

/** Numbers of a plain release; null for a pre-release, a development build or anything else. */
export function parseApiVersion(text: string | null): readonly [number, number, number] | null {
  const match = /^v?(\d{1,4})\.(\d{1,4})(?:\.(\d{1,4}))?$/.exec(text ?? '')
  return match === null ? null : [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)]
}

/** Negative when `left` is older. */
export function compareApiVersions(left: readonly [number, number, number], right: readonly [number, number, number]): number {
  return left[0] - right[0] || left[1] - right[1] || left[2] - right[2]
}

/** Whether a write may be asked without writing. Unknown versions count as no: a wrong yes would write. */
export function honoursDryRun(version: string | null): boolean {
  const parsed = parseApiVersion(version)
  return parsed !== null && parsed[0] === 2 && compareApiVersions(parsed, DRY_RUN_SINCE) >= 0
}
