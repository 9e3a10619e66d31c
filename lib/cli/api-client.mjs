/**
 * Speaks with a running Palisade over its HTTP API, as any automation would.
 * @param {string} url
 * @param {string} token
 */
export function apiClient(url, token) {
  return async (method, path, body, headers = {}) => {
    const answer = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const reply = await answer.json()
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${reply.title} ${reply.nextStep ?? ''}`)
    return reply
  }
}
