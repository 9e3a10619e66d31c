/** Lowest version without a known advisory, by release line: `{"22": {"atLeast": "22.23.4"}}`. */
export type NodeLines = Readonly<Record<string, { atLeast: string }>>

const numbers = (version: string): number[] => version.replace(/^v/, '').split('.').map(Number)

/** Why this Node.js should be updated, in a sentence; null when it need not. `version` as `v22.23.4`, with or without the letter. */
export function nodeWarning(version: string, lines: NodeLines): string | null {
  const [major = 0, minor = 0, patch = 0] = numbers(version)
  const line = lines[String(major)]
  const newest = Math.max(...Object.keys(lines).map(Number))
  if (!line) return major > newest ? null : `Node.js ${major} gets no more security fixes. Palisade works with it; a newer line is safer.`
  const [, floorMinor = 0, floorPatch = 0] = numbers(line.atLeast)
  return minor > floorMinor || (minor === floorMinor && patch >= floorPatch)
    ? null
    : `There are known advisories below ${line.atLeast}. Update Node.js, then start Palisade again.`
}
