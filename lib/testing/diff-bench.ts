// Parses two large configurations, stores nothing, and compares them from their parsed form; prints one line of JSON.
// diff-bench MEBIBYTES
import { xmlOf, LAYOUTS, largeModel, MARK_KEY, type ConfigurationModel } from '@/lib/testing/configurations'
import { compareTrees } from '@/lib/configuration/difference'
import { parseConfiguration } from '@/lib/configuration/parse-on-thread'
import { compareRaw } from '@/lib/configuration/raw-difference'
import { openSection, type ParsedConfiguration, type TreeSection } from '@/lib/configuration/tree'

/** With its part of aliases and users. */
const BYTES_OF_A_RULE = 343
const mebibytes = Number(process.argv[2] ?? 20)

const open = ({ sections }: ParsedConfiguration): TreeSection[] => sections.map(({ name, bytes }) => openSection(name, JSON.parse(new TextDecoder().decode(bytes))))

/** One rule of a hundred is changed, one of two hundred goes, one comes for each that goes, and the last becomes the first. */
function edited(model: ConfigurationModel): ConfigurationModel {
  const kept = model.rules.filter(({ id }) => id % 200 !== 0).map((rule) => (rule.id % 100 === 7 ? { ...rule, port: rule.port + 1 } : rule))
  const fresh = model.rules.filter(({ id }) => id % 200 === 0).map((rule) => ({ ...rule, id: rule.id + 10_000_000, name: `New ${rule.name}` }))
  return { ...model, savedAt: model.savedAt + 60, rules: [...kept.slice(-1), ...kept.slice(0, -1), ...fresh] }
}

/** With the processor time of the whole process, which tells the work apart from who else uses the machine. */
async function timed<T>(work: () => T | Promise<T>): Promise<[value: T, ms: number, cpuMs: number]> {
  const [startedAt, cpu] = [performance.now(), process.cpuUsage()]
  const value = await work()
  const { user, system } = process.cpuUsage(cpu)
  return [value, Math.round(performance.now() - startedAt), Math.round((user + system) / 1000)]
}

const rows = []
for (const layout of LAYOUTS) {
  const model = largeModel(Math.round((mebibytes * 1024 * 1024) / BYTES_OF_A_RULE))
  const [before, after] = [model, edited(model)].map((one) => new TextEncoder().encode(xmlOf(layout, one)))
  if (!before || !after) throw new Error('There is nothing to compare.')
  const parse = (bytes: Uint8Array) => parseConfiguration(bytes, { family: layout, format: 'xml', markKey: MARK_KEY, signal: AbortSignal.timeout(120_000) })
  const [one, parseMs, parseCpuMs] = await timed(() => parse(before))
  const two = await parse(after)
  const [sides, openMs, openCpuMs] = await timed(() => [open(one), open(two)] as const)
  const [{ counts }, compareMs, compareCpuMs] = await timed(() => compareTrees(...sides))
  const side = (sections: readonly TreeSection[], name: string) => sections.find((section) => section.name === name) ?? null
  const [raw, rawMs] = await timed(() => sides[1].map(({ name }) => compareRaw(side(sides[0], name), side(sides[1], name))))
  rows.push({ layout, mebibytes: Number((before.length / 1024 / 1024).toFixed(1)), items: one.itemCount, parseMs, parseCpuMs, parsedMebibytes: Number((one.sections.reduce((sum, { bytes }) => sum + bytes.length, 0) / 1024 / 1024).toFixed(1)), openMs, compareMs, diffMs: openMs + compareMs, diffCpuMs: openCpuMs + compareCpuMs, ...counts, rawMs, rawHunks: raw.reduce((sum, { hunks }) => sum + hunks.length, 0), coarse: raw.filter(({ coarse }) => coarse).length })
}
process.stdout.write(`${JSON.stringify(rows)}\n`)
