import { Dash, TextOr } from '@/components/firewalls/detail/figures'
import { cn } from '@/lib/core/cn'
import { formatCount, plural } from '@/lib/format/numbers'
import { words, type FactLook } from './fact-look'

/** More do not fit into a line. */
const ENTRIES_SHOWN = 6

export const ALIAS_FACTS: FactLook<'aliases'> = {
  list: 'aliases',
  one: 'alias',
  many: 'aliases',
  caption: 'Aliases of all firewalls',
  keyOf: ({ name }) => name ?? '',
  columns: [
    {
      id: 'name',
      head: 'Alias',
      width: '16%',
      cell: ({ name, enabled }) => (
        <span title={name} className={cn('font-mono text-xs font-medium', enabled === false && 'text-text-3')}>
          {name}
        </span>
      ),
    },
    { id: 'type', head: 'Type', width: '88px', cell: ({ type }) => <TextOr value={type ?? null} /> },
    {
      id: 'content',
      head: 'Content',
      cell: ({ content, builtIn }) =>
        content === undefined || content.length === 0 ? (
          <span className="text-text-3">{content && builtIn !== true ? 'empty' : <Dash />}</span>
        ) : (
          <span className="font-mono text-xs text-text-2">{content.slice(0, ENTRIES_SHOWN).join(', ')}</span>
        ),
    },
    {
      id: 'entries',
      head: 'Entries',
      align: 'right',
      width: '72px',
      cell: ({ content, builtIn }) => (content && (builtIn !== true || content.length > 0) ? formatCount(content.length) : <Dash />),
    },
    { id: 'description', head: 'Description', width: '14%', hideBelow: 'lg', cell: ({ description }) => <TextOr value={description ?? null} /> },
  ],
  card: ({ name, type, content }) => ({
    first: <span className="font-mono text-xs font-medium">{name}</span>,
    second: `${type ?? ''} · ${plural(content?.length ?? 0, 'entry', 'entries')}`,
  }),
  line: ({ name, type, content, description }) => words(name, type, content?.join(', '), description ? ` # ${description}` : ''),
  pageOf: ({ name }) => `aliases?filter=${encodeURIComponent(name ?? '')}`,
}
