// A strict reader of the text format of Prometheus, written from its description and not from our writer.

export type Series = { name: string; labels: Record<string, string>; value: number }
export type Exposition = { types: Map<string, string>; helps: Map<string, string>; series: Series[] }

const NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*/
const LABEL = /^[a-zA-Z_][a-zA-Z0-9_]*/
const NUMBER = /^[+-]?(\d+(\.\d+)?|\.\d+)(e[+-]?\d+)?$|^[+-]Inf$|^NaN$/i

/** A value between quotes, from after the first one: what it says, and how many characters it takes with its end. */
function quoted(text: string, line: string): [value: string, length: number] {
  let value = ''
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at)
    if (character === '"') return [value, at + 1]
    if (character !== '\\') value += character
    else {
      const escaped = { '\\': '\\', '"': '"', n: '\n' }[text.charAt((at += 1))]
      if (escaped === undefined) throw new Error(`An escape that does not exist: ${line}`)
      value += escaped
    }
  }
  throw new Error(`A value without its end: ${line}`)
}

function labelsOf(text: string, line: string): [labels: Record<string, string>, rest: string] {
  const labels: Record<string, string> = {}
  let rest = text
  while (!rest.startsWith('}')) {
    const name = LABEL.exec(rest)?.[0]
    if (name === undefined || !rest.slice(name.length).startsWith('="')) throw new Error(`Not a label: ${line}`)
    if (name in labels || name.startsWith('__')) throw new Error(`The label ${name} must not be here: ${line}`)
    const [value, length] = quoted(rest.slice(name.length + 2), line)
    labels[name] = value
    rest = rest.slice(name.length + 2 + length)
    if (rest.startsWith(',')) rest = rest.slice(1)
    else if (!rest.startsWith('}')) throw new Error(`No comma between labels: ${line}`)
  }
  return [labels, rest.slice(1)]
}

function seriesOf(line: string): Series {
  const name = NAME.exec(line)?.[0]
  if (name === undefined) throw new Error(`Not a name: ${line}`)
  const after = line.slice(name.length)
  const [labels, rest] = after.startsWith('{') ? labelsOf(after.slice(1), line) : [{}, after]
  const value = /^ (\S+)$/.exec(rest)?.[1]
  if (value === undefined || !NUMBER.test(value)) throw new Error(`Not a value: ${line}`)
  return { name, labels, value: Number(value.replace('Inf', 'Infinity')) }
}

/** Throws at the first line that a strict reader refuses: an unknown line, a metric without type or help or in two places, a series twice. */
export function readExposition(text: string): Exposition {
  if (!text.endsWith('\n')) throw new Error('The last line has no end.')
  const [types, helps, series] = [new Map<string, string>(), new Map<string, string>(), [] as Series[]]
  const seen = new Set<string>()
  let current = ''
  for (const line of text.slice(0, -1).split('\n')) {
    const [, kind, name = '', rest = ''] = /^# (HELP|TYPE) (\S+) (.+)$/.exec(line) ?? []
    if (kind === undefined) {
      const one = seriesOf(line)
      const key = `${one.name}${JSON.stringify(Object.entries(one.labels).sort())}`
      if (one.name !== current || !types.has(one.name)) throw new Error(`Not below its own head: ${line}`)
      if (seen.has(key)) throw new Error(`Twice: ${line}`)
      seen.add(key)
      series.push(one)
      continue
    }
    const heads = kind === 'HELP' ? helps : types
    if (heads.has(name)) throw new Error(`Two heads of ${name}`)
    if (kind === 'TYPE' && (!helps.has(name) || !['gauge', 'counter'].includes(rest))) throw new Error(`Not a type after its help: ${line}`)
    heads.set(name, rest)
    current = name
  }
  return { types, helps, series }
}
