import net from 'node:net'
import { Sentence } from './say.mjs'

function listenOnce(port, host) {
  return new Promise((resolve, reject) => {
    const server = net.createServer()
    server.once('error', reject)
    server.listen({ port, host, exclusive: true }, () => {
      const { port: bound } = server.address()
      server.close(() => resolve(bound))
    })
  })
}

/**
 * A loopback port that nobody listens on at this moment; another program may still take it first.
 * @returns {Promise<number>}
 */
export const freePort = () => listenOnce(0, '127.0.0.1')

export async function isFree(port, host = '127.0.0.1') {
  try {
    await listenOnce(port, host)
    return true
  } catch {
    return false
  }
}

/** Stops with a sentence when the web address cannot be taken. The port that people open is never chosen by us. */
export async function demandPort(port, host) {
  try {
    await listenOnce(port, host)
  } catch (error) {
    if (error.code === 'EADDRINUSE') {
      throw new Sentence(`Port ${port} on ${host} is in use by another program. Stop that program, or choose another port: PORT=${port + 1} npm start`)
    }
    if (error.code === 'EACCES') throw new Sentence(`This user may not listen on port ${port}. Choose a port above 1023, for example PORT=3000.`)
    throw new Sentence(`Palisade cannot listen on ${host}, port ${port} (${error.code ?? error.message}). Check HOST and PORT.`)
  }
}
