import { z } from 'zod'
import { editAlertRule, editCustomerAlertRule } from '@/lib/alert-rules/edit'
import { alertRuleDto, alertRules, customerId, editCustomerRuleInput, editRuleInput } from '@/lib/alert-rules/input'
import { readAlertRules, readCustomerAlertRules } from '@/lib/alert-rules/read'
import { operation } from '@/lib/http/operation'

const tag = 'alerts'

/** What is looked for: by default, as the installation decides it, and for one customer; the most specific wins. */
export const alertRuleOperations = {
  read: operation({ id: 'readAlertRules', method: 'get', path: '/alert-rules', tag, summary: 'What is looked for at all firewalls', input: z.strictObject({}), output: alertRules, run: readAlertRules }),
  edit: operation({ id: 'editAlertRule', method: 'put', path: '/alert-rules/{kind}', tag, summary: 'Decide about a kind of alert; null leaves the default', input: editRuleInput, output: alertRuleDto, ifMatch: true, run: (actor, input, { expectedRevision }) => editAlertRule(actor, input, expectedRevision) }),
  customer: operation({ id: 'readCustomerAlertRules', method: 'get', path: '/customers/{id}/alert-rules', tag, summary: 'What is looked for at the firewalls of a customer', input: customerId, output: alertRules, run: readCustomerAlertRules }),
  editCustomer: operation({ id: 'editCustomerAlertRule', method: 'put', path: '/customers/{id}/alert-rules/{kind}', tag, summary: 'Decide about a kind of alert for a customer; null leaves what the installation decided', input: editCustomerRuleInput, output: alertRuleDto, ifMatch: true, run: (actor, input, { expectedRevision }) => editCustomerAlertRule(actor, input, expectedRevision) }),
}
