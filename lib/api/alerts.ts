import { acknowledgeAlert, acknowledgeMany, unacknowledgeAlert, unacknowledgeMany } from '@/lib/alerts/acknowledge'
import { annotateAlert } from '@/lib/alerts/annotate'
import { countAlerts } from '@/lib/alerts/counts'
import { alertCounts, alertDetail, alertDto, manyActed } from '@/lib/alerts/dto'
import { acknowledgeInput, acknowledgeManyInput, alertId, annotateInput, countAlertsInput, listAlertsInput, unacknowledgeManyInput } from '@/lib/alerts/input'
import { listAlerts } from '@/lib/alerts/list'
import { readAlert } from '@/lib/alerts/read'
import { operation } from '@/lib/http/operation'
import { listOf } from '@/lib/lists/list'

const tag = 'alerts'

export const alertOperations = {
  list: operation({ id: 'listAlerts', method: 'get', path: '/alerts', tag, summary: 'What is wrong at firewalls, worst first, what follows folded into its cause', input: listAlertsInput, output: listOf(alertDto), run: listAlerts }),
  counts: operation({ id: 'countAlerts', method: 'get', path: '/alerts/counts', tag, summary: 'How many alerts want someone, and how many follow from them', input: countAlertsInput, output: alertCounts, run: countAlerts }),
  acknowledgeMany: operation({ id: 'acknowledgeAlerts', method: 'post', path: '/alerts/acknowledge', tag, summary: 'Say that somebody looks after these alerts, up to 500', input: acknowledgeManyInput, output: manyActed, run: acknowledgeMany }),
  unacknowledgeMany: operation({ id: 'unacknowledgeAlerts', method: 'post', path: '/alerts/unacknowledge', tag, summary: 'Take these acknowledgements back, up to 500', input: unacknowledgeManyInput, output: manyActed, run: unacknowledgeMany }),
  read: operation({ id: 'readAlert', method: 'get', path: '/alerts/{id}', tag, summary: 'An alert with its timeline, what follows from it, and who was told', input: alertId, output: alertDetail, run: readAlert }),
  acknowledge: operation({ id: 'acknowledgeAlert', method: 'post', path: '/alerts/{id}/acknowledge', tag, summary: 'Say that somebody looks after it', input: acknowledgeInput, output: alertDetail, ifMatch: true, run: (actor, input, { expectedRevision }) => acknowledgeAlert(actor, input, expectedRevision) }),
  unacknowledge: operation({ id: 'unacknowledgeAlert', method: 'post', path: '/alerts/{id}/unacknowledge', tag, summary: 'Take the acknowledgement back', input: alertId, output: alertDetail, ifMatch: true, run: (actor, input, { expectedRevision }) => unacknowledgeAlert(actor, input, expectedRevision) }),
  annotate: operation({ id: 'annotateAlert', method: 'post', path: '/alerts/{id}/note', tag, summary: 'Write something beside it', input: annotateInput, output: alertDetail, ifMatch: true, run: (actor, input, { expectedRevision }) => annotateAlert(actor, input, expectedRevision) }),
}
