import { Notice } from '@/components/ui/notice'
import type { AdvisoryList } from '@/lib/advisories/dto'
import { plural } from '@/lib/format/numbers'
import { AdvisoryLines } from './advisory-lines'
import { CountLink } from './version-columns'

/** What the file of this installation says about versions that run, and what is wrong with the file. */
export function AdvisoriesPart({ list: { items, trouble }, within }: { list: AdvisoryList; within: (href: string) => string }) {
  return (
    <>
      {trouble !== null && (
        <Notice tone="warn" title="Something is wrong with the file of advisories." className="mx-5 mb-3 max-md:mx-4">
          <ul className="flex flex-col gap-1">
            {trouble.sentences.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
          <p className="mt-1">
            It is <span className="font-mono text-xs">{trouble.path}</span>, and is read again when it changes. <span className="font-mono text-xs">npm run admin -- advisories check</span> looks it over.
          </p>
        </Notice>
      )}
      {items.length > 0 && (
        <section aria-label="Advisories" className="px-5 pb-4 max-md:px-4">
          <h2 className="pb-1 font-semibold">
            Advisories <span className="text-xs font-normal text-text-3">about versions that run</span>
          </h2>
          <AdvisoryLines items={items} more={({ firewalls, where }) => <CountLink href={where === null ? null : within(`/firewalls?${where}`)}>{plural(firewalls, 'firewall')}</CountLink>} />
        </section>
      )}
    </>
  )
}

/** No advisory is good news only when there is a file that could have one. */
export const fileWords = ({ file: { changedAt, entries } }: AdvisoryList): string =>
  changedAt === null
    ? 'This installation has no file of advisories: that none is shown does not mean that none exists.'
    : `Advisories come from the file of this installation, which has ${plural(entries, 'entry', 'entries')}. What is not in it is not shown.`
