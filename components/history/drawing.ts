import type { Hatch, Mark, Panel } from '@/components/charts/panel'
import type { TimeAxis } from '@/components/charts/scale'
import type { FirewallHistory } from '@/lib/history/dto'
import { axisOf, panelsOf } from './panels'

export type Drawing = { axis: TimeAxis; panels: Panel[]; marks: Mark[]; hatches: Hatch[] }

/** What is drawn. While a person only points it stays the same object, so that the plots are not drawn again. */
export const drawingOf = (history: FirewallHistory, interfaceName: string | null): Drawing => ({
  axis: axisOf(history),
  panels: panelsOf(history, interfaceName),
  marks: history.events.map((event, index) => ({ atMs: Date.parse(event.at), key: `${event.at} ${index}` })),
  hatches: history.gaps.map(({ from, to }) => ({ fromMs: Date.parse(from), toMs: Date.parse(to), key: from })),
})
