// The rows of the preview with their headings. Pure, so that it can be tested.
import { formatCount } from '@/lib/format/numbers'
import type { PlanPreview, PreviewRow } from '@/lib/plans/dto'
import { PREVIEW_GROUPS, type PreviewGroup } from '@/lib/plans/words'

export type PreviewItem =
  | { kind: 'head'; key: string; title: string }
  | { kind: 'row'; key: string; row: PreviewRow }
  /** What is not shown of a group. */
  | { kind: 'more'; key: string; group: PreviewGroup; words: string }

export const GROUP_WORDS = {
  'cannot-run': 'Cannot run, left out',
  'needs-person': 'Need a person afterwards',
  'on-its-own': 'On their own',
} as const satisfies Record<PreviewGroup, string>

/** Rows of a group that are shown before somebody asks for more. */
const SHOWN = 8
/** One that would be alone behind a click is shown at once. */
const SPARED = 2

/** "39 more, nothing to note": what the rows that are not shown have in common. */
function moreWords({ groups }: PlanPreview, group: PreviewGroup, shown: readonly PreviewRow[], hidden: number): string {
  const left = (groups.find((each) => each.group === group)?.findings ?? []).flatMap(({ code, word, count }) => {
    const rest = count - shown.filter(({ findings }) => findings[0]?.code === code).length
    return rest > 0 ? [{ code, word }] : []
  })
  const [first, second] = left
  const common = first === undefined || second !== undefined ? '' : first.code === 'nothing' ? ', nothing to note' : shown.at(-1)?.findings[0]?.code === first.code ? ' with the same finding' : `: ${first.word}`
  return `${formatCount(hidden)} more${common}`
}

/** Groups with their rows, empty ones left out; of those that are not `open` the first few rows. */
export function previewItems(preview: PlanPreview, open: ReadonlySet<PreviewGroup>): PreviewItem[] {
  return PREVIEW_GROUPS.flatMap((group): PreviewItem[] => {
    const count = preview.counts[group]
    if (count === 0) return []
    const rows = preview.rows.filter((row) => row.group === group)
    const shown = open.has(group) || count <= SHOWN + SPARED ? rows : rows.slice(0, SHOWN)
    const hidden = count - shown.length
    return [
      { kind: 'head', key: group, title: `${GROUP_WORDS[group]} · ${formatCount(count)}` },
      ...shown.map((row): PreviewItem => ({ kind: 'row', key: row.firewall.id, row })),
      ...(hidden > 0 ? [{ kind: 'more', key: `${group} more`, group, words: moreWords(preview, group, shown, hidden) } as const] : []),
    ]
  })
}
