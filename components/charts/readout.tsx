import { TriangleAlert } from 'lucide-react'
import { formatMoment, formatZone } from '@/lib/format/dates'
import { isBreached, type Panel } from './panel'
import { LEFT_PX, RIGHT_PX } from './plot'
import { shareOf, timeOfStep, type TimeAxis } from './scale'

const WIDTH_PX = 228
const BESIDE_PX = 14

/** The time of a step as the viewer's clocks tell it, and as the firewall's do where they differ. */
export function momentsOf(axis: TimeAxis, step: number, zone: string): string[] {
  const at = new Date(timeOfStep(axis, step)).toISOString()
  const [here, there] = [formatMoment(at), formatMoment(at, zone)]
  return here === there ? [`${here} ${formatZone(at)}`] : [`${here} ${formatZone(at)}`, `${there} at the firewall`]
}

/** Values where a person points, beside the line and never over it. The slider says the same to who does not see it. */
export function Readout({ panel, axis, width, step, zone }: { panel: Panel; axis: TimeAxis; width: number; step: number; zone: string }) {
  const x = LEFT_PX + shareOf(axis, timeOfStep(axis, step)) * (width - LEFT_PX - RIGHT_PX)
  const left = x + BESIDE_PX + WIDTH_PX > width ? Math.max(x - BESIDE_PX - WIDTH_PX, 0) : x + BESIDE_PX
  const over = panel.lines.filter(({ values }) => isBreached(panel, values[step] ?? null))
  return (
    <div aria-hidden style={{ left, width: WIDTH_PX }} className="pointer-events-none absolute top-1 z-20 rounded-md bg-raised px-3 py-2 text-xs shadow-raised">
      {momentsOf(axis, step, zone).map((moment) => (
        <p key={moment} className="text-text-3">
          {moment}
        </p>
      ))}
      <dl className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-3">
        {panel.lines.map(({ label, values, low, high }) => {
          const value = values[step] ?? null
          const [least, most] = [low?.[step] ?? null, high?.[step] ?? null]
          return (
            <div key={label} className="contents">
              <dt className="truncate">{label}</dt>
              <dd className="text-right font-semibold">{value === null ? 'no reading' : panel.format(value)}</dd>
              {least !== null && most !== null && least !== most && (
                <dd className="col-span-2 text-right text-text-3">
                  {panel.format(least)} to {panel.format(most)}
                </dd>
              )}
            </div>
          )
        })}
      </dl>
      {panel.threshold !== null && over.length > 0 && (
        <p className="mt-1 flex items-center gap-1.5 text-warn">
          <TriangleAlert size={12} className="shrink-0 text-warn-mark" />
          <span className="truncate">
            {over.map(({ label }) => label).join(', ')}: {panel.format(panel.threshold)} or more
          </span>
        </p>
      )}
    </div>
  )
}
