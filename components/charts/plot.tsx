'use client'
import { memo, useId } from 'react'
import { formatClock, formatDayMonth } from '@/lib/format/dates'
import { dashOf, type Hatch, type Mark, type Panel } from './panel'
import { bandPath, linePath, shareOf, timeTicks, yOf, type Place, type TimeAxis } from './scale'

/** Room for the marks of the value axis, beyond the last value, and for the marks of the time axis. */
export const LEFT_PX = 44
export const RIGHT_PX = 12
export const PLOT_PX = 84
const BELOW_PX = 20
const ABOVE_PX = 4
const TICK_PX = 80

type PlotProps = { panel: Panel; axis: TimeAxis; width: number; marks: readonly Mark[]; hatches: readonly Hatch[]; label: string }

/** Lines, grid, gaps and events: what does not change while a person points. */
export const Plot = memo(function Plot({ panel, axis, width, marks, hatches, label }: PlotProps) {
  const id = useId()
  const inner = Math.max(width - LEFT_PX - RIGHT_PX, 1)
  const place: Place = { axis, width: inner, height: PLOT_PX, top: panel.top }
  const xAt = (ms: number): number => shareOf(axis, ms) * inner
  return (
    <svg role="img" aria-label={label} width={width} height={ABOVE_PX + PLOT_PX + BELOW_PX} className="block text-text">
      <defs>
        <pattern id={`${id}hatch`} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <line x1="0" y1="0" x2="0" y2="6" strokeWidth="2" className="keeps-shape stroke-line-2" />
        </pattern>
        {panel.threshold !== null && (
          <clipPath id={`${id}over`}>
            <rect x={0} y={-ABOVE_PX} width={inner} height={Math.max(yOf(place, panel.threshold) + ABOVE_PX, 0)} />
          </clipPath>
        )}
      </defs>
      <g transform={`translate(${LEFT_PX} ${ABOVE_PX})`}>
        <Grid panel={panel} place={place} />
        {hatches.map(({ fromMs, toMs, key }) => (
          <rect key={key} x={xAt(fromMs)} y={0} width={Math.max(xAt(toMs) - xAt(fromMs), 1)} height={PLOT_PX} fill={`url(#${id}hatch)`} />
        ))}
        {marks.map(({ atMs, key }) => (
          <line key={key} x1={xAt(atMs)} x2={xAt(atMs)} y1={0} y2={PLOT_PX} strokeDasharray="2 3" className="stroke-text-3" />
        ))}
        <Lines panel={panel} place={place} overId={panel.threshold === null ? null : `${id}over`} />
        <TimeMarks axis={axis} inner={inner} />
      </g>
    </svg>
  )
})

function Grid({ panel: { top, tick }, place }: { panel: Panel; place: Place }) {
  return [0, top / 2, top].map((value) => {
    const y = yOf(place, value)
    return (
      <g key={value}>
        <line x1={0} x2={place.width} y1={y} y2={y} className={value === 0 ? 'stroke-line-2' : 'stroke-line'} />
        <text x={-8} y={y + 4} textAnchor="end" className="fill-text-3 text-2xs">
          {tick(value)}
        </text>
      </g>
    )
  })
}

function Lines({ panel: { lines }, place, overId }: { panel: Panel; place: Place; overId: string | null }) {
  return lines.map(({ label, values, low, high, joinSteps }, index) => {
    const path = linePath(values, joinSteps, place)
    const shape = { d: path, fill: 'none', strokeDasharray: dashOf(index), strokeLinejoin: 'round' } as const
    return (
      <g key={label}>
        {low && high && <path d={bandPath(low, high, joinSteps, place)} fillOpacity={0.09} className="fill-current" />}
        <path {...shape} strokeWidth={1.5} className="stroke-current" />
        {overId !== null && <path {...shape} strokeWidth={2} clipPath={`url(#${overId})`} className="stroke-warn-mark" />}
      </g>
    )
  })
}

/** In the clocks of who looks; days where hours would not fit. */
function TimeMarks({ axis, inner }: { axis: TimeAxis; inner: number }) {
  const { at, isDays } = timeTicks(axis, undefined, Math.max(Math.floor(inner / TICK_PX), 2))
  return at.map((ms) => {
    const iso = new Date(ms).toISOString()
    return (
      <text key={ms} x={Math.min(Math.max(shareOf(axis, ms) * inner, 14), inner - 14)} y={PLOT_PX + 15} textAnchor="middle" className="fill-text-3 text-2xs">
        {isDays ? formatDayMonth(iso) : formatClock(iso)}
      </text>
    )
  })
}
