import 'server-only'
import { create } from 'qrcode'

/** A QR code as one SVG path in module units, without a margin: dark runs of each row as rectangles. */
export function qrPath(text: string): { size: number; path: string } {
  const { modules } = create(text, { errorCorrectionLevel: 'M' })
  const rows = Array.from({ length: modules.size }, (_, y) => darkRuns(Array.from({ length: modules.size }, (_, x) => modules.get(y, x) === 1)).map(({ x, length }) => `M${x} ${y}h${length}v1h-${length}z`))
  return { size: modules.size, path: rows.flat().join('') }
}

function darkRuns(row: readonly boolean[]): { x: number; length: number }[] {
  return row.flatMap((dark, x) => {
    if (!dark || row[x - 1] === true) return []
    const end = row.indexOf(false, x)
    return [{ x, length: (end === -1 ? row.length : end) - x }]
  })
}
