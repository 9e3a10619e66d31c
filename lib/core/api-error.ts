// What a failed call of the API tells a page. Browser-safe.
import type { FieldIssue } from './errors'

type Problem = {
  code: string
  title: string
  detail: string | null
  nextStep: string | null
  issues: FieldIssue[]
  requestId: string | null
  rawReply: string | null
  status: number
  details: Record<string, unknown>
}

/** A problem document (RFC 9457) of the API, or our words for a reply that is none. */
export class ApiError extends Error implements Problem {
  readonly code: string
  readonly title: string
  readonly detail: string | null
  readonly nextStep: string | null
  readonly issues: FieldIssue[]
  readonly requestId: string | null
  /** First part of the firewall's reply, redacted; only admins get it. */
  readonly rawReply: string | null
  /** 0 = Palisade itself did not answer. */
  readonly status: number
  /** Everything else of the document: `triesLeft`, `retryAt`, `privilege`, `location` … */
  readonly details: Record<string, unknown>

  constructor(problem: Problem) {
    super(problem.title)
    this.name = 'ApiError'
    this.code = problem.code
    this.title = problem.title
    this.detail = problem.detail
    this.nextStep = problem.nextStep
    this.issues = problem.issues
    this.requestId = problem.requestId
    this.rawReply = problem.rawReply
    this.status = problem.status
    this.details = problem.details
  }

  /** What is wrong with one field of a form; undefined when it is fine. */
  issueOf(field: string): string | undefined {
    return this.issues.find((issue) => issue.field === field)?.message
  }
}
