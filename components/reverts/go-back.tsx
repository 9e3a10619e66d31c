'use client'
import { useQuery } from '@tanstack/react-query'
import { History } from 'lucide-react'
import { useState } from 'react'
import { useFirewall } from '@/components/firewalls/detail/firewall-context'
import { reasonNotToAsk } from '@/components/firewalls/detail/permissions'
import { useUrlParam } from '@/components/firewalls/detail/use-url-param'
import { Button } from '@/components/ui/button'
import { familyQueries } from '@/lib/queries/families'
import { EntryPreview } from './entry-preview'
import { HistoryEntries } from './history-entries'
import { RevertProgress } from './revert-progress'

/** The history that the firewall keeps itself, and going back to an entry of it. Nothing is asked before someone wants to look. */
export function GoBack() {
  const { firewall, role } = useFirewall()
  const [entry, setEntry] = useUrlParam('entry')
  const [open, setOpen] = useState(entry !== '')
  const close = (): void => {
    setEntry('')
    setOpen(false)
  }
  const families = useQuery(familyQueries.list()).data
  if (families === undefined) return null
  const reason = families.find(({ family }) => family === firewall.family)?.revertReason ?? null
  return (
    <section id="go-back" aria-labelledby="go-back-title" className="mt-6 scroll-mt-14 border-t border-line-2">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 px-5 py-3 max-md:px-4">
        <h3 id="go-back-title" className="font-semibold">
          Go back on the firewall
        </h3>
        <p className="min-w-60 flex-1 text-text-2">
          {reason ?? 'The firewall keeps its own history. It can make an earlier entry its configuration again, without a file.'}
        </p>
        {reason === null && !open && (
          <Button icon={History} disabledReason={reasonNotToAsk(firewall, role)} onClick={() => setOpen(true)}>
            Look at its history
          </Button>
        )}
      </div>
      {reason === null && (
        <>
          <RevertProgress />
          {open &&
            (entry === '' ? <HistoryEntries onLook={setEntry} /> : <EntryPreview key={entry} revision={entry} onBack={() => setEntry('')} onAsked={close} />)}
        </>
      )}
    </section>
  )
}
