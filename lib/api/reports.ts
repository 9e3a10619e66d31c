import { operation } from '@/lib/http/operation'
import { reportDto, reportList } from '@/lib/reports/dto'
import { listReportsInput, readReportInput } from '@/lib/reports/input'
import { listReports } from '@/lib/reports/list'
import { readReport } from '@/lib/reports/read'

const tag = 'reports'

/** What a month was like for a customer. */
export const reportOperations = {
  list: operation({ id: 'listReports', method: 'get', path: '/reports', tag, summary: 'Customers and the months that there are reports of', input: listReportsInput, output: reportList, run: (actor, input) => listReports(actor, input) }),
  read: operation({ id: 'readReport', method: 'get', path: '/reports/{customerId}', tag, summary: 'Uptime, incidents, updates, backups and drift of a customer in a month', input: readReportInput, output: reportDto, run: (actor, input) => readReport(actor, input) }),
}
