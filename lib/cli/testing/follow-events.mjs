import { setTimeout as delay } from 'node:timers/promises'

const PAUSE_MS = 200

/**
 * Follows `/api/v1/events` of one web process, and goes on after the last event when the line breaks.
 * @param {string} url
 * @param {string} token
 */
export function followEvents(url, token) {
  const heard = new Set()
  const stopping = new AbortController()
  let last
  let resets = 0
  let breaks = 0
  let open
  const ready = new Promise((resolve) => (open = resolve))

  function take(block) {
    const fields = Object.fromEntries(block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]))
    if (fields.event === undefined) return
    if (fields.id) last = fields.id
    open()
    if (fields.event === 'reset') resets += 1
    if (fields.event === 'changes') for (const { topic, firewallId } of JSON.parse(fields.data)) if (topic === 'firewall') heard.add(firewallId)
  }

  async function readOnce() {
    const answer = await fetch(`${url}/api/v1/events`, { headers: { authorization: `Bearer ${token}`, ...(last && { 'last-event-id': last }) }, signal: stopping.signal })
    if (!answer.ok) throw new Error(`The stream was answered with ${answer.status}.`)
    let rest = ''
    for await (const piece of answer.body.pipeThrough(new TextDecoderStream())) {
      const blocks = (rest + piece).split('\n\n')
      rest = blocks.pop()
      for (const block of blocks) take(block)
    }
  }

  const following = (async () => {
    while (!stopping.signal.aborted) {
      await readOnce().catch(() => undefined)
      breaks += 1
      await delay(PAUSE_MS)
    }
  })()

  return {
    /** Resolves with the first event. */
    ready,
    /** Resolves when a firewall was told; rejects after `limitMs`. */
    async untilHeard(firewallId, limitMs) {
      const deadlineMs = performance.now() + limitMs
      while (!heard.has(firewallId)) {
        if (performance.now() > deadlineMs) throw new Error(`Of ${firewallId} nothing was heard within ${limitMs} ms.`)
        await delay(PAUSE_MS)
      }
    },
    /** Ends it; gives what was heard, how often everything had to be looked at again, and how often the line broke. */
    stop() {
      const counted = { heard, resets, breaks }
      stopping.abort()
      following.catch(() => undefined)
      return counted
    },
  }
}
