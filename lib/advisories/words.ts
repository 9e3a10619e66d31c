// Words of advisories. Browser-safe.

/** The worst first. */
export const SEVERITIES = ['critical', 'high', 'medium', 'low'] as const
export type Severity = (typeof SEVERITIES)[number]

/** Name of the file in the data directory; docs/advisories.md describes it. */
export const ADVISORIES_FILE = 'advisories.json'
export const ADVISORIES_FORMAT = 'palisade-advisories/1'
