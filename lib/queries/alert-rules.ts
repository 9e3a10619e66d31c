import { mutationOptions, queryOptions } from '@tanstack/react-query'
import type { AlertRuleDto, AlertRules, RuleDecisionInput } from '@/lib/alert-rules/input'
import { apiGet, apiSend } from './client'

/** `null`: the installation's. */
const addressOf = (customerId: string | null): string => (customerId === null ? '/alert-rules' : `/customers/${customerId}/alert-rules`)

export const alertRuleQueries = {
  all: () => ['alert-rules'] as const,
  of: (customerId: string | null) => queryOptions({ queryKey: [...alertRuleQueries.all(), customerId] as const, queryFn: ({ signal }) => apiGet<AlertRules>(addressOf(customerId), signal) }),
}

type Edit = { kind: AlertRuleDto['kind']; etag: string; decision: RuleDecisionInput }

export const alertRuleMutations = {
  /** Replaces what was decided about one kind; null is inherited. */
  edit: (customerId: string | null) =>
    mutationOptions({
      mutationFn: ({ kind, etag, decision }: Edit) => apiSend<AlertRuleDto>('PUT', `${addressOf(customerId)}/${kind}`, { body: decision, etag }),
      // A level above changes what those below inherit.
      onSettled: (_saved, _error, _edit, _before, { client }) => client.invalidateQueries({ queryKey: alertRuleQueries.all() }),
    }),
}
