import { CsvError, parse } from 'csv-parse/sync'
import { formatCount } from '@/lib/format/numbers'
import { FILE_COLUMNS, FILE_ROWS_MAX, type FileColumn } from './input'
import type { FilePreview, FileProblem } from './dto'

/** One line of the file. `cell` gives '' for what is not there; `tooMany`: it has values beyond the last column. */
export type FileLine = { line: number; cell: (column: FileColumn) => string; tooMany: boolean }
export type FileLines = { separator: FilePreview['separator']; lines: FileLine[]; problems: FileProblem[] }

const SEPARATORS = { comma: ',', semicolon: ';', tab: '\t' } as const
const RECORD_CHARACTERS_MAX = 64 * 1024
const NAMES: readonly FileColumn[] = FILE_COLUMNS.map(({ name }) => name)
const SECRET: readonly FileColumn[] = FILE_COLUMNS.flatMap((column) => ('secret' in column ? [column.name] : []))

const nameOf = (head: string) => head.trim().toLowerCase().replace(/[\s-]+/g, '_')
/** Our own lists of what failed have it; it is for people. */
const IGNORED = 'why'
const columnOf = (head: string): FileColumn | undefined => NAMES.find((name) => name === nameOf(head))

/** The separator under which the first line has the most columns that are known. */
function separatorOf(text: string): FilePreview['separator'] {
  const first = /^[^\n]*/.exec(text)?.[0] ?? ''
  const known = (separator: FilePreview['separator']) => first.split(SEPARATORS[separator]).filter((head) => columnOf(head.replaceAll('"', ''))).length
  return (['semicolon', 'tab'] as const).reduce<FilePreview['separator']>((best, next) => (known(next) > known(best) ? next : best), 'comma')
}

/** What a spreadsheet puts before a text that it would else run; our own exports do so too. Secrets are taken as they stand. */
const withoutGuard = (text: string) => text.trim().replace(/^'(?=[=+\-@|])/, '')

const COLUMN_WORDS = NAMES.join(', ')

function headProblems(heads: readonly string[]): FileProblem[] {
  const found = heads.map(columnOf)
  const unknown = heads.filter((head, at) => found[at] === undefined && head.trim() !== '' && nameOf(head) !== IGNORED)
  const doubled = NAMES.filter((name) => found.filter((one) => one === name).length > 1)
  const missing = FILE_COLUMNS.filter(({ name, needed }) => needed && !found.includes(name))
  return [
    ...unknown.map((head) => ({ line: 1, column: head.slice(0, 40), message: `There is no such column. The columns are ${COLUMN_WORDS}.` })),
    ...doubled.map((column) => ({ line: 1, column, message: 'This column is there twice. Leave one of them.' })),
    ...missing.map(({ name }) => ({ line: 1, column: name, message: 'This column is missing. Add it to the first line.' })),
  ]
}

const newlines = (record: readonly string[]) => record.reduce((sum, cell) => sum + cell.split('\n').length - 1, 0)

function lineOf(heads: readonly string[], record: readonly string[], line: number): FileLine {
  const cells = new Map<FileColumn, string>()
  heads.forEach((head, at) => {
    const name = columnOf(head)
    const value = record[at] ?? ''
    if (name) cells.set(name, SECRET.includes(name) ? value : withoutGuard(value))
  })
  return { line, cell: (column) => cells.get(column) ?? '', tooMany: record.slice(heads.length).some((value) => value.trim() !== '') }
}

type Parsed = { record: string[]; lastLine: number }

/** Records with the line in which each ends; empty lines are left out. */
function recordsOf(text: string, delimiter: string): Parsed[] {
  const lastLines: number[] = []
  const noteLine = (record: string[], { lines }: { lines: number }) => {
    lastLines.push(lines)
    return record
  }
  const options = { delimiter, record_delimiter: '\n', relax_column_count: true, skip_empty_lines: true, skip_records_with_empty_values: true, max_record_size: RECORD_CHARACTERS_MAX, to: FILE_ROWS_MAX + 2, on_record: noteLine }
  return parse(text, options).map((record, at) => ({ record, lastLine: lastLines[at] ?? 1 }))
}

/** Reads a CSV by its first line. What cannot be read as one is a single problem, and then there are no lines. */
export function linesOfFile(text: string): FileLines {
  // One kind of line end, so that lines inside quotes are counted too.
  const even = text.replace(/\r\n?/g, '\n')
  // Some spreadsheets name the separator in a line of its own.
  const told = /^sep=.\n/i.exec(even)
  const body = told ? even.slice(told[0].length) : even
  const separator = separatorOf(body)
  const skipped = told ? 1 : 0
  let parsed: Parsed[]
  try {
    parsed = recordsOf(body, SEPARATORS[separator])
  } catch (error) {
    return { separator, lines: [], problems: [unreadable(error, skipped)] }
  }
  const [head, ...rest] = parsed
  if (!head) return { separator, lines: [], problems: [{ line: 1, column: null, message: 'The file is empty. Begin with the template.' }] }
  const problems = headProblems(head.record)
  if (rest.length > FILE_ROWS_MAX) problems.push({ line: 1, column: null, message: `The file has more than ${formatCount(FILE_ROWS_MAX)} lines. Divide it.` })
  if (rest.length === 0 && problems.length === 0) problems.push({ line: 1, column: null, message: 'There is no line below the first. Add a line for each firewall.' })
  return { separator, lines: problems.length > 0 ? [] : rest.map(({ record, lastLine }) => lineOf(head.record, record, lastLine - newlines(record) + skipped)), problems }
}

function unreadable(error: unknown, skipped: number): FileProblem {
  if (!(error instanceof CsvError)) throw error
  const { lines } = error
  const line = (typeof lines === 'number' ? lines : 1) + skipped
  if (error.code === 'CSV_QUOTE_NOT_CLOSED') return { line, column: null, message: 'A quote is opened and never closed. Close it, or double a quote that belongs to a value.' }
  if (error.code === 'CSV_MAX_RECORD_SIZE') return { line, column: null, message: 'This line is too long. A quote may be open somewhere above it.' }
  return { line, column: null, message: 'A quote stands inside a value. Put the whole value in quotes, and double the quotes in it.' }
}
