import { operation } from '@/lib/http/operation'
import { planReport, planRun } from '@/lib/plan-runs/dto'
import { planReportInput, planRunInput } from '@/lib/plan-runs/input'
import { readPlanRun } from '@/lib/plan-runs/read'
import { readPlanReport } from '@/lib/plan-runs/report'

const tag = 'firmware'

/** What is seen of a plan once it was approved. */
export const planRunOperations = {
  read: operation({ id: 'readPlanRun', method: 'get', path: '/update-plans/{id}/run', tag, summary: 'How a plan runs: rings, gates, jobs, and what is to come', input: planRunInput, output: planRun, run: (actor, input) => readPlanRun(actor, input) }),
  report: operation({ id: 'readPlanReport', method: 'get', path: '/update-plans/{id}/report', tag, summary: 'How a plan went, with what was compared before and after on each firewall', input: planReportInput, output: planReport, run: (actor, input) => readPlanReport(actor, input) }),
}
