import { runNode } from '../run.mjs'

export const needs = ['bundles']

const MEBIBYTES = 20
const GOAL_DIFF_MS = 2_000

/** Two configurations of 20 MiB of each layout: parsed once on a thread, then compared from what is stored of them. */
export async function bench(args) {
  const mebibytes = Number(args.find((arg) => arg.startsWith('--mib='))?.slice(6) ?? MEBIBYTES)
  const { code, output } = await runNode(['--conditions=react-server', '--import', 'tsx', 'lib/testing/diff-bench.ts', String(mebibytes)])
  if (code !== 0) throw new Error(output)
  const rows = JSON.parse(output.trim().split('\n').at(-1))
  return { rows, goals: rows.map(({ layout, diffMs }) => ({ text: `two of them compared from their parsed form within ${GOAL_DIFF_MS / 1000} s, ${layout}`, met: diffMs <= GOAL_DIFF_MS })) }
}
