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

/** @param {Count} count */
export const countLine = ({ passed, failed, skipped }) => `${passed} passed, ${failed} failed, ${skipped} skipped`
