import type { Message } from '@/lib/channels/outcome'
import { bodyOf, subjectOf } from '@/lib/notices/text'

/** Longer ones become a file for the reader. */
const MESSAGE_LENGTH_MAX = 3_500
const PRIORITIES = { critical: 5, warning: 4, notice: 3 } as const
const TAGS = { critical: 'rotating_light', warning: 'warning', notice: 'information_source' } as const

/** ntfy's JSON: priority and tag by the worst of what is new; what is over is quiet. */
export function ntfyBody(topic: string, { texts }: Message): string {
  const open = texts.filter(({ notice }) => notice.kind !== 'alert-resolved' && notice.kind !== 'alert-acknowledged')
  const worst = (['critical', 'warning', 'notice'] as const).find((severity) => open.some(({ notice }) => notice.severity === severity))
  return JSON.stringify({
    topic,
    title: subjectOf(texts),
    message: bodyOf(texts).slice(0, MESSAGE_LENGTH_MAX),
    priority: worst === undefined ? 2 : PRIORITIES[worst],
    tags: [worst === undefined ? 'white_check_mark' : TAGS[worst]],
    click: texts[0]?.url,
  })
}
