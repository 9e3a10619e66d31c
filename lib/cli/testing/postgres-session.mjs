import { createInterface } from 'node:readline'
import { openPostgres } from '../postgres.mjs'

// A process of its own that uses the embedded database of a folder: says what it got as one line of JSON, closes it at
// the line "close", and ends without closing when it is killed.

const [dataDir, port] = process.argv.slice(2)

try {
  const server = await openPostgres(dataDir, port ? { port: Number(port) } : {})
  console.log(JSON.stringify({ ok: true, url: server.url, port: server.config.port, adopted: server.adopted, pid: server.process.pid }))
  for await (const line of createInterface({ input: process.stdin })) {
    if (line !== 'close') continue
    await server.close()
    break
  }
} catch (error) {
  console.log(JSON.stringify({ ok: false, message: error.message }))
}
process.exit()
