import type { Message } from '@/lib/channels/outcome'
import { subjectOf, type NoticeText } from '@/lib/notices/text'

/** A run of text, which Teams shows as it is; a TextBlock would read Markdown in names. */
const run = (text: string, more: object = {}) => ({ type: 'RichTextBlock', inlines: [{ type: 'TextRun', text, ...more }] })
const COLOURS = { critical: 'attention', warning: 'warning', notice: 'default' } as const

function blocksOf({ notice, headline, sentence, rows }: NoticeText, isFirst: boolean): object {
  const isOver = notice.kind === 'alert-resolved'
  return {
    type: 'Container',
    separator: !isFirst,
    items: [run(headline, { weight: 'bolder', size: 'medium', color: isOver ? 'good' : COLOURS[notice.severity] }), run(sentence), ...rows.map(([name, value]) => run(`${name}: ${value}`, { isSubtle: true }))],
  }
}

/** What the Teams workflow "When a webhook request is received" posts: a message with one adaptive card. */
export const teamsBody = ({ texts }: Message): string =>
  JSON.stringify({
    type: 'message',
    summary: subjectOf(texts),
    attachments: [
      {
        contentType: 'application/vnd.microsoft.card.adaptive',
        contentUrl: null,
        content: {
          $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
          type: 'AdaptiveCard',
          version: '1.4',
          body: texts.map((text, at) => blocksOf(text, at === 0)),
          actions: texts.slice(0, 1).map(({ url }) => ({ type: 'Action.OpenUrl', title: 'Open in Palisade', url })),
        },
      },
    ],
  })
