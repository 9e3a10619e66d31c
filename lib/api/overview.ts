import { operation } from '@/lib/http/operation'
import { latest, overview, totals } from '@/lib/overview/dto'
import { latestInput, readOverviewInput } from '@/lib/overview/input'
import { readLatest, readOverview, readTotals } from '@/lib/overview/read'

const tag = 'fleet'

export const overviewOperations = {
  read: operation({ id: 'readOverview', method: 'get', path: '/overview', tag, summary: 'What is wrong in the fleet that you may see, by customer', input: readOverviewInput, output: overview, run: readOverview }),
  totals: operation({ id: 'readTotals', method: 'get', path: '/overview/totals', tag, summary: 'How many firewalls and customers, and how many need someone', input: readOverviewInput, output: totals, run: readTotals }),
  latest: operation({ id: 'readLatest', method: 'get', path: '/overview/latest', tag, summary: 'What happened last to the firewalls that you may see', input: latestInput, output: latest, run: readLatest }),
}
