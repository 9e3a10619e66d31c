import type { Socket } from 'node:net'
import { AppError } from '@/lib/core/errors'

const REPLY_BYTES_MAX = 4_096
const unexpected = (text: string): AppError => new AppError('firewall-not-this-api', `What answers there is no mail server that can be used: ${text}`)

/** What a server said, cut to a line that may be shown. */
const shown = (text: string): string => text.replace(/[^\x20-\x7e]+/g, ' ').trim().slice(0, 200)

/**
 * One reply of a mail server that nobody else reads yet, with all its lines. Throws when it is not the expected one, has
 * more than 4 kB, or brings more than was asked for.
 */
export function readSmtpReply(socket: Socket, expected: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    const settle = (act: () => void): void => {
      socket.pause()
      socket.off('data', onData).off('close', onClose).off('error', onError)
      act()
    }
    const onError = (error: Error): void => settle(() => reject(error))
    const onClose = (): void => settle(() => reject(Object.assign(new Error('closed'), { code: 'ECONNRESET' })))
    const onData = (piece: Buffer): void => {
      text += piece.toString('latin1')
      if (text.length > REPLY_BYTES_MAX) return settle(() => reject(unexpected('its reply is too long.')))
      const end = /^\d{3}(?: [^\r\n]*)?\r?\n/m.exec(text)
      if (!end) return
      const isAll = end.index + end[0].length === text.length
      if (!text.startsWith(expected)) settle(() => reject(unexpected(shown(text))))
      else if (!isAll) settle(() => reject(unexpected('it says more than it was asked.')))
      else settle(() => resolve(text))
    }
    socket.on('data', onData).on('close', onClose).on('error', onError)
    socket.resume()
  })
}
