// What each refusal of a v2 firewall means, in words and with a next step (contract sections 2, 4 and 8).
import { firewallError, type AppError, type ErrorDetails, type FirewallErrorCode } from '@/lib/core/errors'
import { redactReply } from '@/lib/outbound/redact'
import type { OutboundReply } from '@/lib/outbound/transport'
import { ENDPOINTS, type Endpoint } from './read-endpoints'
import type { Envelope } from './replies'

export const isPage = (reply: OutboundReply): boolean => /^\s*</.test(reply.text) || (reply.headers['content-type'] ?? '').toLowerCase().startsWith('text/html')

type Words = { message?: string; nextStep?: string; more?: ErrorDetails }
type Fail = (code: FirewallErrorCode, words?: Words) => AppError

function failing(endpoint: Endpoint, reply: OutboundReply, responseId: string | null): Fail {
  return (code, { message, nextStep, more } = {}) => {
    const rawReply = redactReply(reply.text)
    return firewallError(code, {
      ...(message !== undefined && { message }),
      details: { path: endpoint.path, status: reply.status, ...(responseId !== null && { responseId }), ...(nextStep !== undefined && { nextStep }), ...more },
      ...(rawReply !== '' && { rawReply }),
    })
  }
}

/** A web page where the API should be: gone when it was there before, else never was (contract section 7, firmware). */
export function packageGone(endpoint: Endpoint, reply: OutboundReply, apiSeen: boolean): AppError {
  const fail = failing(endpoint, reply, null)
  if (apiSeen) return fail('firewall-api-package-missing')
  return fail('firewall-not-this-api', {
    message: 'The firewall has no REST API v2 at this address.',
    nextStep: 'Check the address and the family. On a pfSense, install the package pfSense-pkg-RESTAPI that is built for its version.',
  })
}

export function failureOf(endpoint: Endpoint, reply: OutboundReply, answer: Envelope | null): AppError {
  const fail = failing(endpoint, reply, answer?.responseId ?? null)
  if (reply.status === 401) return fail('firewall-credential-rejected', rejectedWords(endpoint))
  return answer === null ? webServerFailure(reply, fail) : apiFailure(endpoint, reply, answer.responseId, fail)
}

function apiFailure(endpoint: Endpoint, reply: OutboundReply, responseId: string, fail: Fail): AppError {
  switch (reply.status) {
    case 403:
      return forbidden(endpoint, responseId, fail)
    case 404:
    case 424:
      return fail('firewall-not-reported', notFoundWords(responseId))
    case 405:
      return methodRefused(endpoint, responseId, fail)
    case 503:
      return unavailable(reply, responseId, fail)
  }
  if (responseId === 'MODELSET_FIRST_REQUESTED_WITH_NO_MODEL_OBJECTS') {
    return fail('firewall-not-reported', {
      message: 'The firewall has not yet loaded its list of available packages.',
      nextStep: 'It loads the list each hour when it reaches the internet.',
    })
  }
  // The message of a 500 is a PHP stack trace (contract section 4): it stays in the raw reply.
  if (reply.status >= 500)
    return fail('firewall-reply-not-understood', {
      message: `The API of the firewall failed on this request (${responseId}).`,
      nextStep: 'Update the API package; an admin can open the reply.',
    })
  return fail('firewall-reply-not-understood', { message: `The firewall did not accept the request (status ${reply.status}, ${responseId}).` })
}

function rejectedWords(endpoint: Endpoint): Words {
  const nextStep =
    'It never says why: the key or password may be wrong, the user disabled, or the method switched off under System › REST API › Settings. Correct it, then enter it here again.'
  return endpoint === ENDPOINTS.token ? { message: 'The firewall rejected the user name or password.', nextStep } : { nextStep }
}

function forbidden(endpoint: Endpoint, responseId: string, fail: Fail): AppError {
  if (responseId === 'ENDPOINT_CLIENT_NOT_ALLOWED_BY_ACL') {
    return fail('firewall-privilege-missing', {
      message: 'The access list of the REST API refuses the address of Palisade.',
      nextStep: 'Allow the address under System › REST API › Access Lists on the firewall.',
    })
  }
  if (responseId === 'ENDPOINT_INTERFACE_NOT_ALLOWED') {
    return fail('firewall-api-off', {
      message: 'The REST API does not answer on the interface of this address.',
      nextStep: 'Add the interface under System › REST API › Settings, Allowed Interfaces, or enter an address of an allowed one.',
    })
  }
  return fail('firewall-privilege-missing', {
    message: `The user of this credential lacks the privilege ${endpoint.privilege}.`,
    nextStep: `Give ${endpoint.privilege} to the user or its group under System › User Manager, then test again.`,
    more: { privilege: endpoint.privilege },
  })
}

function notFoundWords(responseId: string): Words {
  if (responseId === 'MODEL_MISSING_REQUIRED_PACKAGE' || responseId === 'DISPATCHER_MISSING_REQUIRED_PACKAGE') {
    return { message: 'The add-on package for this is not installed on the firewall.', nextStep: 'Nothing is wrong unless the firewall should have it.' }
  }
  return {}
}

function methodRefused(endpoint: Endpoint, responseId: string, fail: Fail): AppError {
  if (responseId !== 'ENDPOINT_METHOD_NOT_ALLOWED_IN_READ_ONLY_MODE')
    return fail('firewall-not-reported', { message: 'The API of this firewall does not offer this request.' })
  if (endpoint !== ENDPOINTS.token) return fail('firewall-read-only')
  return fail('firewall-read-only', {
    message: 'The API is set to read-only, in which it gives no tokens.',
    nextStep: 'Use an API key, or switch read-only mode off under System › REST API › Settings on the firewall itself.',
  })
}

function unavailable(reply: OutboundReply, responseId: string, fail: Fail): AppError {
  if (responseId === 'ENDPOINT_REST_API_IS_NOT_ENABLED')
    return fail('firewall-api-off', { nextStep: 'Switch it on under System › REST API › Settings on the firewall.' })
  const seconds = Number(reply.headers['retry-after'])
  const more = Number.isInteger(seconds) && seconds > 0 && seconds <= 3600 ? { retryAfterSeconds: seconds } : {}
  if (responseId === 'ENDPOINT_UNAVAILABLE')
    return fail('firewall-busy', { message: 'The API package of the firewall is being installed or removed right now.', more })
  return fail('firewall-busy', { more })
}

/** Answers that do not come from the API but from the web server in front of it. */
function webServerFailure(reply: OutboundReply, fail: Fail): AppError {
  if (reply.status === 504)
    return fail('firewall-timed-out', {
      message: 'The web server of the firewall gave up waiting for its API.',
      nextStep: 'It may be busy. Try again in a few minutes.',
    })
  if (reply.status === 502 || reply.status === 503) return fail('firewall-busy', { message: 'The web server of the firewall is restarting or overloaded.' })
  if (reply.status === 405)
    return fail('firewall-not-this-api', {
      message: 'The web server of the firewall refuses this request.',
      nextStep: 'Restart the web GUI of the firewall; it is needed once after the package was installed.',
    })
  if (reply.text.trim() === '') {
    return fail('firewall-reply-not-understood', {
      message: 'The reply of the firewall was empty, as it is when it holds text that is not UTF-8.',
      nextStep: 'Look at the log of the REST API on the firewall.',
    })
  }
  if (isPage(reply)) return fail('firewall-not-this-api', { message: `The firewall answered with a web page (status ${reply.status}) instead of its API.` })
  return fail('firewall-reply-not-understood')
}
