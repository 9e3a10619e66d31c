// What an expression of PromQL selects: enough of the language for our own dashboard and rules, and an error for the rest.

export type Selector = { name: string; matchers: { label: string; op: string; value: string }[] }
export type Selected = { selectors: Selector[]; /** Labels in by (…) and on (…). */ grouped: string[] }

const FUNCTIONS = ['sum', 'rate', 'time', 'abs', 'bottomk', 'absent', 'label_values']
const GROUPERS = ['by', 'on']
const WORDS = ['and', 'or']
const TOKEN = /\s*(?:([a-zA-Z_:][a-zA-Z0-9_:]*)|(\d+(?:\.\d+)?)|("(?:[^"\\]|\\.)*")|(==|!=|=~|!~|<=|>=|[-+*/<>=(){},[\]])|(\[\d+[smhd]\]))/y

function tokensOf(text: string): string[] {
  const tokens: string[] = []
  TOKEN.lastIndex = 0
  while (text.slice(TOKEN.lastIndex).trim() !== '') {
    const at = TOKEN.lastIndex
    const found = TOKEN.exec(text)
    if (!found) throw new Error(`Not understood: ${text.slice(at)} of ${text}`)
    tokens.push(found[0].trim())
  }
  return tokens
}

/** Throws at what is no expression that we write. */
export function selectedBy(text: string): Selected {
  const tokens = tokensOf(text.replace(/\[\d+[smhd]\]/g, ''))
  const [selectors, grouped]: [Selector[], string[]] = [[], []]
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at] ?? ''
    if (!/^[a-zA-Z_:]/.test(token) || WORDS.includes(token)) continue
    if (GROUPERS.includes(token)) {
      if (tokens[at + 1] !== '(') throw new Error(`No labels after ${token}: ${text}`)
      for (at += 2; tokens[at] !== ')'; at += 1) if (tokens[at] !== ',') grouped.push(tokens[at] ?? '')
      continue
    }
    if (FUNCTIONS.includes(token)) {
      if (tokens[at + 1] !== '(' && !GROUPERS.includes(tokens[at + 1] ?? '')) throw new Error(`Not a call of ${token}: ${text}`)
      continue
    }
    // The second argument of label_values is a label.
    if (tokens[at - 1] === ',' && tokens[0] === 'label_values') {
      grouped.push(token)
      continue
    }
    const selector: Selector = { name: token, matchers: [] }
    selectors.push(selector)
    if (tokens[at + 1] !== '{') continue
    for (at += 2; tokens[at] !== '}'; at += 1) {
      if (tokens[at] === ',') continue
      const [label = '', op = '', value = ''] = tokens.slice(at, at + 3)
      if (!/^(=|!=|=~|!~)$/.test(op) || !value.startsWith('"')) throw new Error(`Not a matcher: ${label}${op}${value} in ${text}`)
      selector.matchers.push({ label, op, value: value.slice(1, -1) })
      at += 2
    }
  }
  return { selectors, grouped }
}

export type AlertRule = { alert: string; expr: string; severity: string; summary: string }

/** Reads a file of alert rules; every line has to be one that such a file of ours has. */
export function readAlertRules(yaml: string): AlertRule[] {
  const rules: AlertRule[] = []
  const unquoted = (text: string): string => (text.startsWith('"') ? String(JSON.parse(text)) : text)
  for (const line of yaml.split('\n')) {
    if (line === '' || line.startsWith('#') || /^groups:$|^ {2}- name: [a-z-]+$|^ {4}rules:$|^ {8}(labels|annotations):$|^ {8}for: \d+[mh]$/.test(line)) continue
    const [, alert] = /^ {6}- alert: ([A-Z]\w+)$/.exec(line) ?? []
    if (alert !== undefined) rules.push({ alert, expr: '', severity: '', summary: '' })
    const [, name, value = ''] = /^ {8,10}(expr|severity|summary): (.+)$/.exec(line) ?? []
    const rule = rules.at(-1)
    if (alert === undefined && (name === undefined || !rule)) throw new Error(`Not a line of a file of rules: ${line}`)
    // A plain text of YAML must not hold what ends it or begins a comment.
    if (!value.startsWith('"') && /: | #/.test(value)) throw new Error(`Has to stand in quotes: ${line}`)
    if (rule && (name === 'expr' || name === 'severity' || name === 'summary')) rule[name] = unquoted(value)
  }
  return rules
}
