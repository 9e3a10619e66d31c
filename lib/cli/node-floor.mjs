import { readFileSync } from 'node:fs'
import { atRoot } from './paths.mjs'

const parts = (version) => version.split('.').map(Number)
const isBelow = (version, floor) => {
  const [a, b] = [parts(version), parts(floor)]
  const at = [0, 1, 2].find((index) => a[index] !== b[index])
  return at !== undefined && a[at] < b[at]
}

/**
 * The sentence about a Node.js below its security floor, or undefined. Node 20 is supported here, but it gets no more
 * fixes: the operator of an installation should know (security/floors.json names the advisories).
 * @param {string} version `20.20.2`
 */
export function nodeWarning(version = process.versions.node) {
  const { node } = JSON.parse(readFileSync(atRoot('security/floors.json'), 'utf8'))
  const line = node.lines[String(parts(version)[0])]
  if (line ? !isBelow(version, line.atLeast) : Object.keys(node.lines).every((known) => Number(known) < parts(version)[0])) return undefined
  const floors = Object.values(node.lines).map(({ atLeast }) => atLeast)
  return `Node.js ${version} has known security holes that its line does not fix any more. Palisade runs, and does without the parts concerned; move to ${floors.join(' or ')} soon.`
}
