// Browser-safe, and apart from the schemas, so that a page that only names a severity stays small.
import type { Severity } from './kinds'

/** As pages, reports and rules name them. */
export const SEVERITY_WORDS = { critical: 'Critical', warning: 'Warning', notice: 'Notice' } as const satisfies Record<Severity, string>
