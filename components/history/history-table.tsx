import type { Panel } from '@/components/charts/panel'
import { timeOfStep, type TimeAxis } from '@/components/charts/scale'
import { formatMoment } from '@/lib/format/dates'

/** The charts as figures, newest first: what a person reads who does not read pictures. */
export function HistoryTable({ panels, axis, title }: { panels: readonly Panel[]; axis: TimeAxis; title: string }) {
  const steps = Array.from({ length: axis.steps }, (_, index) => axis.steps - 1 - index).filter((step) =>
    panels.some(({ lines }) => lines.some(({ values }) => (values[step] ?? null) !== null)),
  )
  return (
    <div role="region" aria-label={title} tabIndex={0} className="max-h-[70dvh] overflow-auto rounded-md border border-line">
      <table className="w-full text-right text-xs whitespace-nowrap">
        <caption className="sr-only">{title}, means of each step, newest first</caption>
        <thead className="sticky top-0 bg-sunken text-text-2">
          <tr>
            <th scope="col" className="px-3 py-1.5 text-left font-medium">
              From
            </th>
            {panels.flatMap((panel) =>
              panel.lines.map((line) => (
                <th key={`${panel.id} ${line.label}`} scope="col" className="px-3 py-1.5 font-medium">
                  {panel.title === line.label ? line.label : `${panel.title}, ${line.label}`}
                </th>
              )),
            )}
          </tr>
        </thead>
        <tbody>
          {steps.map((step) => (
            <tr key={step} className="border-t border-line">
              <th scope="row" className="px-3 py-1 text-left font-normal text-text-2">
                {formatMoment(new Date(Math.max(timeOfStep(axis, step) - axis.stepMs / 2, axis.fromMs)).toISOString())}
              </th>
              {panels.flatMap((panel) =>
                panel.lines.map((line) => {
                  const value = line.values[step] ?? null
                  return (
                    <td key={`${panel.id} ${line.label}`} className="px-3 py-1">
                      {value === null ? <span className="text-text-3">no reading</span> : panel.format(value)}
                    </td>
                  )
                }),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
