'use client'
import { TriangleAlert } from 'lucide-react'
import type { PointerEvent, ReactNode } from 'react'
import { cn } from '@/lib/core/cn'
import { dashOf, isBreached, type Cursor, type Hatch, type Line, type Mark, type Panel } from './panel'
import { LEFT_PX, Plot, PLOT_PX, RIGHT_PX } from './plot'
import { Readout } from './readout'
import { lastValue, shareOf, stepAt, timeOfStep, yOf, type TimeAxis } from './scale'

type ChartProps = {
  panel: Panel
  axis: TimeAxis
  width: number
  marks: readonly Mark[]
  hatches: readonly Hatch[]
  cursor: Cursor | null
  onPoint: (cursor: Cursor | null) => void
  /** A press also takes the keyboard there. */ onPress: () => void
  /** The zone of the firewall; the readout tells its time too. */ zone: string
  /** Beside the title. */ control?: ReactNode
}

/** One chart: what it shows, its newest or pointed values, and the plot. */
export function Chart({ panel, axis, width, marks, hatches, cursor, onPoint, onPress, zone, control }: ChartProps) {
  const point = (event: PointerEvent<HTMLDivElement>): void => {
    const { left } = event.currentTarget.getBoundingClientRect()
    const share = (event.clientX - left - LEFT_PX) / (width - LEFT_PX - RIGHT_PX)
    const step = stepAt(axis, axis.fromMs + share * (axis.toMs - axis.fromMs))
    if (cursor?.step !== step || cursor.panelId !== panel.id) onPoint({ step, panelId: panel.id })
  }
  return (
    <figure aria-label={`${panel.title}, ${panel.unit}`} className="min-w-0">
      <figcaption className="flex min-h-6 flex-wrap items-center gap-x-4 gap-y-1">
        <span className="flex items-center gap-2">
          <span className="font-semibold">{panel.title}</span>
          <span className="text-text-3">{panel.unit}</span>
          {control}
        </span>
        <Legend panel={panel} step={cursor?.step ?? null} />
      </figcaption>
      <div
        className="relative cursor-crosshair touch-pan-y select-none"
        onPointerMove={point}
        onPointerDown={(event) => {
          point(event)
          onPress()
        }}
        onPointerLeave={(event) => event.pointerType !== 'touch' && onPoint(null)}
      >
        <Plot panel={panel} axis={axis} width={width} marks={marks} hatches={hatches} label={summary(panel)} />
        {cursor && <Crosshair panel={panel} axis={axis} width={width} step={cursor.step} />}
        {cursor?.panelId === panel.id && <Readout panel={panel} axis={axis} width={width} step={cursor.step} zone={zone} />}
      </div>
    </figure>
  )
}

const valueAt = ({ values }: Line, step: number | null): number | null => (step === null ? lastValue(values) : (values[step] ?? null))

/** A line as it is drawn. */
export function DashSample({ index }: { index: number }) {
  return (
    <svg aria-hidden width="18" height="8" className="shrink-0">
      <line x1="0" x2="18" y1="4" y2="4" strokeWidth="2" strokeDasharray={dashOf(index)} className="stroke-current" />
    </svg>
  )
}

function Legend({ panel, step }: { panel: Panel; step: number | null }) {
  return (
    <ul className="ml-auto flex flex-wrap justify-end gap-x-4 text-xs max-md:ml-0">
      {panel.lines.map((line, index) => {
        const value = valueAt(line, step)
        const over = isBreached(panel, value)
        return (
          <li key={line.label} className="flex min-w-0 items-center gap-1.5">
            <DashSample index={index} />
            <span className="max-w-40 truncate text-text-2">{line.label}</span>
            <span className={cn('min-w-11 text-right font-semibold', over && 'text-warn')}>
              {over && <TriangleAlert aria-label="too high" size={12} className="mr-1 inline text-warn-mark" />}
              {value === null ? '–' : panel.format(value)}
            </span>
          </li>
        )
      })}
    </ul>
  )
}

/** What the picture says, for who does not see it. */
function summary({ title, lines, format }: Panel): string {
  const said = lines.map(({ label, values }) => {
    const known = values.filter((value) => value !== null)
    if (known.length === 0) return `${label}: nothing measured`
    return `${label}: between ${format(Math.min(...known))} and ${format(Math.max(...known))}, last ${format(known.at(-1) ?? 0)}`
  })
  return `${title}. ${said.join('. ')}.`
}

function Crosshair({ panel, axis, width, step }: { panel: Panel; axis: TimeAxis; width: number; step: number }) {
  const inner = width - LEFT_PX - RIGHT_PX
  const x = LEFT_PX + shareOf(axis, timeOfStep(axis, step)) * inner
  return (
    <svg aria-hidden width={width} height={PLOT_PX + 8} className="pointer-events-none absolute top-0 left-0">
      <line x1={x} x2={x} y1={4} y2={PLOT_PX + 4} strokeWidth="1.5" className="keeps-shape stroke-act" />
      {panel.lines.map((line) => {
        const value = line.values[step] ?? null
        return value === null ? null : (
          <circle
            key={line.label}
            cx={x}
            cy={4 + yOf({ axis, width: inner, height: PLOT_PX, top: panel.top }, value)}
            r="3.5"
            strokeWidth="1.5"
            className="fill-surface stroke-current"
          />
        )
      })}
    </svg>
  )
}
