import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { countLine, countPlaywright, countVitest, failedInPlaywright, failedInVitest, oneOf, sum } from './test-count.mjs'
import { temporaryFolder } from './testing/sessions'

let folder: ReturnType<typeof temporaryFolder>
beforeEach(() => {
  folder = temporaryFolder()
})
afterEach(() => folder.remove())

function report(content: object): string {
  const file = path.join(folder.path, 'report.json')
  writeFileSync(file, JSON.stringify(content))
  return file
}

const missing = () => path.join(folder.path, 'missing.json')
const vitestReport = (numFailedTests: number, testResults: object[] = []) => report({ numPassedTests: 5, numFailedTests, numPendingTests: 2, numTodoTests: 0, testResults })
const playwrightReport = (stats: object) => report({ stats: { expected: 3, unexpected: 0, flaky: 0, skipped: 0, ...stats } })

describe('the count of a run', () => {
  it('adds up and reads as one line', () => {
    expect(countLine(sum([oneOf(true), oneOf(false), { passed: 5, failed: 0, skipped: 2 }]))).toBe('6 passed, 1 failed, 2 skipped')
  })

  it('names what failed, with the first line of why', () => {
    const suites = [{ name: 'a.test.ts', status: 'failed', assertionResults: [{ status: 'failed', fullName: 'a is b', failureMessages: ['\nexpected a\nat line 3'] }, { status: 'passed', fullName: 'fine' }] }, { name: 'b.test.ts', status: 'failed', message: 'does not load', assertionResults: [] }]
    expect(failedInVitest(vitestReport(1, suites))).toEqual(['a.test.ts: a is b: expected a', 'b.test.ts: does not load'])
    const specs = [{ file: 'c.spec.ts', title: 'is seen', ok: false, tests: [{ results: [{ error: { message: 'not seen\nat line 1' } }] }] }, { file: 'c.spec.ts', title: 'fine', ok: true, tests: [] }]
    expect(failedInPlaywright(report({ suites: [{ specs: [], suites: [{ specs }] }] }))).toEqual(['c.spec.ts: is seen: not seen'])
    expect([failedInVitest(missing()), failedInPlaywright(missing())]).toEqual([[], []])
  })

  it('takes tests from vitest, and a file that does not load as a failure', () => {
    expect(countVitest(vitestReport(0), true)).toEqual({ passed: 5, failed: 0, skipped: 2 })
    expect(countVitest(vitestReport(1, [{ status: 'failed', assertionResults: [] }]), false).failed).toBe(2)
  })

  it('takes tests from Playwright, one that needed a second try as failed', () => {
    expect(countPlaywright(playwrightReport({ flaky: 1, skipped: 1 }), true)).toEqual({ passed: 3, failed: 1, skipped: 1 })
  })

  it('never calls a broken or empty run a success', () => {
    expect(countVitest(missing(), true).failed).toBe(1)
    expect(countVitest(vitestReport(0), false).failed).toBe(1)
    expect(countPlaywright(missing(), true).failed).toBe(1)
    expect(countPlaywright(playwrightReport({ expected: 0 }), true).failed).toBe(1)
  })
})
