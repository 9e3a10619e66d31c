import { existsSync, readdirSync } from 'node:fs'
import { atRoot } from './paths.mjs'
import { prepareCheckout } from './prepare.mjs'
import { Sentence, announce, runCommand } from './say.mjs'

const FOLDER = atRoot('lib/cli/bench')

/** A table of a list of records that have the same fields. */
function table(rows) {
  const names = Object.keys(rows[0] ?? {})
  const cells = [names, ...rows.map((row) => names.map((name) => String(row[name])))]
  const widths = names.map((_, at) => Math.max(...cells.map((line) => line[at].length)))
  return cells.map((line) => line.map((cell, at) => cell.padEnd(widths[at])).join('  ').trimEnd()).join('\n')
}

// A benchmark exports `bench(args)` and, when it does not need the pages, what it needs instead. It returns { rows, goals? }: rows for the table, goals as sentences with `met`.
await runCommand(async () => {
  const [name = '', ...args] = process.argv.slice(2)
  const file = `${FOLDER}/${name}.mjs`
  if (!/^[a-z][a-z-]*$/.test(name) || !existsSync(file)) {
    const names = readdirSync(FOLDER).filter((entry) => entry.endsWith('.mjs')).map((entry) => entry.slice(0, -4))
    throw new Sentence(`Which benchmark? npm run bench -- NAME, with one of: ${names.join(', ')}`)
  }
  // Packages first: a benchmark imports some.
  await prepareCheckout([])
  const { bench, needs = ['web'] } = await import(file)
  await prepareCheckout(needs)
  const result = await bench(args.filter((arg) => arg !== '--json'))
  if (args.includes('--json')) announce(JSON.stringify({ name, ...result }, null, 2))
  else announce([table(result.rows), ...(result.goals ?? []).map(({ text, met }) => `${met ? 'met' : 'MISSED'}: ${text}`)].join('\n'))
  return 0
})
