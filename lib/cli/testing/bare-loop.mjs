// The least that could be done: the same requests to the same firewalls, one at a time for each and some firewalls at once,
// replies parsed as JSON and forgotten. A process of its own; the plan comes over IPC, and what it took goes back.
import { Client } from 'undici'

async function ask(client, { method, target, headers, body }) {
  for (let attempt = 0; ; attempt += 1) {
    try {
      const reply = await client.request({ method, path: target, headers, ...(body !== '' && { body }) })
      const text = await reply.body.text()
      try {
        JSON.parse(text)
      } catch {
        // Some answers of the simulated firewalls are no JSON on purpose.
      }
      return
    } catch (error) {
      // One family ends connections after 15 replies.
      if (attempt > 0) throw error
    }
  }
}

async function readAll({ url, requests }) {
  const client = new Client(url, { connect: { rejectUnauthorized: false }, pipelining: 1 })
  for (const request of requests) await ask(client, request)
  await client.close()
}

process.on('message', async ({ firewalls, atOnce }) => {
  const rest = [...firewalls]
  const lane = async () => {
    for (let next = rest.shift(); next; next = rest.shift()) await readAll(next)
  }
  await Promise.all(Array.from({ length: atOnce }, lane))
  process.send('done')
})
process.send('ready')
