import { Info, OctagonAlert, ShieldAlert, TriangleAlert } from 'lucide-react'
import type { Look } from '@/components/firewalls/detail/looks'
import type { Severity } from '@/lib/advisories/words'

/** As its publisher rates it. */
export const SEVERITY_LOOKS: Record<Severity, Look> = {
  critical: { word: 'Critical', role: 'bad', icon: OctagonAlert, shape: 'mark' },
  high: { word: 'High', role: 'warn', icon: ShieldAlert, shape: 'mark' },
  medium: { word: 'Medium', role: 'warn', icon: TriangleAlert, shape: 'mark' },
  low: { word: 'Low', role: 'plain', icon: Info, shape: 'mark' },
}
