import http from 'node:http'

/** The address at the other end of the socket. Only this file writes it; lib/http/request-source.ts reads it. */
const PEER_HEADER = 'x-palisade-peer'

/**
 * Replaces what the client sent under our header by what the socket says. `next start` keeps sent headers and hides the
 * socket from routes, so this has to happen before Next sees the request.
 * @param {http.IncomingMessage} request
 */
export function stampPeer(request) {
  const peer = request.socket.remoteAddress ?? ''
  // Both are built from rawHeaders at first use, by the count of then: build them before rawHeaders changes.
  const { headers, headersDistinct } = request
  headers[PEER_HEADER] = peer
  headersDistinct[PEER_HEADER] = [peer]
  const kept = []
  for (let at = 0; at < request.rawHeaders.length; at += 2) {
    if (request.rawHeaders[at].toLowerCase() !== PEER_HEADER) kept.push(request.rawHeaders[at], request.rawHeaders[at + 1])
  }
  request.rawHeaders = [...kept, PEER_HEADER, peer]
}

const ANNOUNCING = new Set(['request', 'upgrade', 'connect', 'checkContinue', 'checkExpectation'])

// Every server of this process, however it is made, announces requests through emit.
const emit = http.Server.prototype.emit
http.Server.prototype.emit = function emitStamped(event, ...args) {
  if (ANNOUNCING.has(event)) stampPeer(args[0])
  return emit.call(this, event, ...args)
}
