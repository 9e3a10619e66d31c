import { createHmac } from 'node:crypto'
import type { NoticeText } from '@/lib/notices/text'
import type { Message } from '@/lib/channels/outcome'

function noticeOf({ notice, headline, url }: NoticeText) {
  const { facts } = notice
  return {
    id: notice.id,
    kind: notice.kind,
    severity: notice.severity,
    at: notice.at.toISOString(),
    headline,
    title: facts.title,
    sentence: facts.sentence,
    customer: notice.customerId === null ? null : { id: notice.customerId, name: facts.customerName },
    site: facts.siteName,
    firewall: notice.firewallId === null ? null : { id: notice.firewallId, name: facts.firewallName },
    alertId: notice.alertId,
    since: facts.since,
    until: facts.until,
    effects: facts.effects,
    by: facts.by,
    note: facts.note,
    url,
  }
}

/** The body that is signed and sent: version, id of the delivery, and one notice or the many of a digest. */
export const webhookBody = ({ id, texts }: Message): string => JSON.stringify({ version: 1, id, notices: texts.map(noticeOf) })

/** `t=<seconds>,v1=<hex>`: HMAC-SHA256 over `<seconds>.<body>`; a second `v1` by the key before, while it still counts. */
export function signatureOf(body: string, at: Date, keys: readonly string[]): string {
  const seconds = Math.floor(at.getTime() / 1_000)
  return [`t=${seconds}`, ...keys.map((key) => `v1=${createHmac('sha256', key).update(`${seconds}.${body}`).digest('hex')}`)].join(',')
}
