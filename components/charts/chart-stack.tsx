'use client'
import { useRef, type KeyboardEvent, type ReactNode } from 'react'
import { Chart } from './chart'
import type { Cursor, Hatch, Mark, Panel } from './panel'
import { PLOT_PX } from './plot'
import { momentsOf } from './readout'
import type { TimeAxis } from './scale'
import { useWidth } from './use-width'

const LEAP = 10
/** From where the cursor stands to where a key takes it. */
const MOVES: Record<string, (step: number, steps: number) => number> = {
  ArrowLeft: (step) => step - 1,
  ArrowRight: (step) => step + 1,
  ArrowDown: (step) => step - 1,
  ArrowUp: (step) => step + 1,
  PageDown: (step) => step - LEAP,
  PageUp: (step) => step + LEAP,
  Home: () => 0,
  End: (_step, steps) => steps - 1,
}

type ChartStackProps = {
  panels: readonly Panel[]
  axis: TimeAxis
  marks: readonly Mark[]
  hatches: readonly Hatch[]
  cursor: Cursor | null
  onPoint: (cursor: Cursor | null) => void
  zone: string
  /** Beside the title of a chart. */
  controls?: Readonly<Record<string, ReactNode>>
}

/** Charts on one time axis with one crosshair over all. Arrow keys move it; a screen reader hears time and values. */
export function ChartStack({ panels, axis, marks, hatches, cursor, onPoint, zone, controls = {} }: ChartStackProps) {
  const box = useRef<HTMLDivElement>(null)
  const slider = useRef<HTMLDivElement>(null)
  const width = useWidth(box)
  const last = axis.steps - 1
  const step = Math.min(cursor?.step ?? last, last)
  const move = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') onPoint(null)
    const to = MOVES[event.key]
    if (!to) return
    event.preventDefault()
    onPoint({ step: Math.min(Math.max(to(step, axis.steps), 0), last), panelId: cursor?.panelId ?? panels[0]?.id ?? null })
  }
  return (
    <div ref={box} className="relative flex min-w-0 flex-col gap-2">
      <div
        ref={slider}
        role="slider"
        tabIndex={0}
        aria-label="Point in time"
        aria-orientation="horizontal"
        aria-valuemin={0}
        aria-valuemax={last}
        aria-valuenow={step}
        aria-valuetext={spoken(panels, axis, step, zone)}
        onKeyDown={move}
        onBlur={() => onPoint(null)}
        className="pointer-events-none absolute -inset-2 z-10 rounded-md max-md:-inset-x-1"
      />
      {panels.map((panel) =>
        width === 0 ? (
          <div key={panel.id} style={{ height: PLOT_PX + 48 }} />
        ) : (
          <Chart
            key={panel.id}
            panel={panel}
            axis={axis}
            width={width}
            marks={marks}
            hatches={hatches}
            cursor={cursor}
            onPoint={onPoint}
            onPress={() => slider.current?.focus({ preventScroll: true })}
            zone={zone}
            control={controls[panel.id]}
          />
        ),
      )}
    </div>
  )
}

function spoken(panels: readonly Panel[], axis: TimeAxis, step: number, zone: string): string {
  const values = panels.map(
    ({ title, lines, format }) =>
      `${title}: ${lines.map(({ label, values: of }) => `${label} ${of[step] === null || of[step] === undefined ? 'no reading' : format(of[step])}`).join(', ')}`,
  )
  return [momentsOf(axis, step, zone).join(', '), ...values].join('. ')
}
