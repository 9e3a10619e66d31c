import type { Message } from '@/lib/channels/outcome'
import { subjectOf, type NoticeText } from '@/lib/notices/text'

const HEADER_LENGTH_MAX = 150
const TEXT_LENGTH_MAX = 2_900

/** The three characters that Slack reads; without them no name can mention anyone or hide a link. */
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
const plain = (text: string, max: number) => ({ type: 'plain_text', text: text.slice(0, max), emoji: false })

function blocksOf({ headline, sentence, rows, url }: NoticeText): object[] {
  const lines = [sentence, ...rows.map(([name, value]) => `${name}: ${value}`)].join('\n')
  return [
    { type: 'header', text: plain(headline, HEADER_LENGTH_MAX) },
    { type: 'section', text: plain(lines, TEXT_LENGTH_MAX) },
    { type: 'context', elements: [{ type: 'mrkdwn', text: `<${url}|Open in Palisade>` }] },
  ]
}

/** Block Kit, with names in fields that Slack shows as text. At most 50 blocks, which are 16 notices. */
export const slackBody = ({ texts }: Message): string => JSON.stringify({ text: escaped(subjectOf(texts)), unfurl_links: false, unfurl_media: false, blocks: texts.flatMap(blocksOf) })
