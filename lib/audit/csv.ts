import { stringify } from 'csv-stringify/sync'

/** Excel and its like run a cell that begins so; a leading apostrophe makes it text. Full-width forms count too. */
const RUNS_AS_FORMULA = /^[\s\uFEFF]*[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20|]/u

export const csvCell = (value: unknown): string => {
  const text = value === null || value === undefined ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value)
  return RUNS_AS_FORMULA.test(text) ? `'${text}` : text
}

/** Byte order mark for spreadsheets that else guess the encoding wrong. */
export const CSV_BOM = '\uFEFF'

/** Rows of a CSV by RFC 4180, every cell quoted and none of them a formula. */
export const csvRows = (rows: readonly (readonly unknown[])[]): string => stringify(rows.map((row) => row.map(csvCell)), { quoted: true, quoted_empty: true, record_delimiter: '\r\n' })
