import { existsSync, readFileSync } from 'node:fs'

/** @typedef {{ passed: number, failed: number, skipped: number }} Count */

/** @returns {Count} */
export const oneOf = (ok) => ({ passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 })

/** @param {Count[]} counts */
export const sum = (counts) =>
  counts.reduce((a, b) => ({ passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped }), { passed: 0, failed: 0, skipped: 0 })

const read = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined)

/** A runner that failed without a failed test (a file that does not load, a set-up that breaks) still counts as one failure. */
const honest = (count, ok) => (!ok && count.failed === 0 ? { ...count, failed: 1 } : count)

/**
 * What vitest wrote; no file at all is a failure.
 * @param {string} file
 * @param {boolean} ok how the runner itself ended
 */
export function countVitest(file, ok) {
  const report = read(file)
  if (!report) return oneOf(false)
  const brokenFiles = report.testResults.filter((suite) => suite.status === 'failed' && suite.assertionResults.length === 0).length
  return honest({ passed: report.numPassedTests, failed: report.numFailedTests + brokenFiles, skipped: report.numPendingTests + report.numTodoTests }, ok)
}

/**
 * What Playwright wrote. A test that only passed at a second try counts as failed.
 * @param {string} file
 * @param {boolean} ok
 */
export function countPlaywright(file, ok) {
  const report = read(file)
  if (!report) return oneOf(false)
  const { expected, unexpected, flaky, skipped } = report.stats
  // A journey that does not run proves nothing: an empty run is no success.
  return honest({ passed: expected, failed: unexpected + flaky, skipped }, ok && expected > 0)
}

const firstLine = (text) => String(text ?? '').split('\n').find((line) => line.trim() !== '')?.trim().slice(0, 200) ?? ''
const NAMED_MAX = 40

/**
 * Which tests of vitest failed, one line each with the first line of why, at most 40.
 * @param {string} file
 */
export function failedInVitest(file) {
  const suites = read(file)?.testResults ?? []
  return suites
    .flatMap(({ name, status, message, assertionResults }) => {
      const failed = assertionResults.filter((test) => test.status === 'failed').map(({ fullName, failureMessages }) => `${name}: ${fullName}: ${firstLine(failureMessages?.[0])}`)
      return status === 'failed' && failed.length === 0 ? [`${name}: ${firstLine(message)}`] : failed
    })
    .slice(0, NAMED_MAX)
}

/**
 * The same of Playwright.
 * @param {string} file
 */
export function failedInPlaywright(file) {
  const within = (suite) => [...(suite.specs ?? []).filter(({ ok, tests }) => !ok || tests?.some(({ status }) => status === 'flaky')), ...(suite.suites ?? []).flatMap(within)]
  const why = ({ tests }) => firstLine(tests?.flatMap(({ results }) => results ?? []).find(({ error }) => error)?.error?.message)
  return (read(file)?.suites ?? []).flatMap(within).slice(0, NAMED_MAX).map((spec) => `${spec.file}: ${spec.title}: ${why(spec)}`)
}

/** @param {Count} count */
export const countLine = ({ passed, failed, skipped }) => `${passed} passed, ${failed} failed, ${skipped} skipped`
