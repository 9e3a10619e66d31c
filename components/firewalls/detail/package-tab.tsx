'use client'
import { useQuery } from '@tanstack/react-query'
import { firewallQueries } from '@/lib/queries/firewalls'
import { EmptyList } from './empty-list'
import { useFirewall } from './firewall-context'
import { PackageCommands, PostureFacts } from './package-card'
import { Notice } from '@/components/ui/notice'
import { ReadingFrame } from './reading-frame'
import { useRefresh } from './use-refresh'

/** The API package as a page of its own: the link that a person at the firewall is sent. */
export function PackageTab() {
  const { firewall } = useFirewall()
  const query = useQuery(firewallQueries.reading('posture', firewall.id))
  return (
    <ReadingFrame title="API package" query={query} refresh={useRefresh('posture', firewall.id)} columns={2}>
      {({ value }) =>
        value === null || value.packageCommands === null ? (
          <EmptyList none="No API package." why="The API of this family is part of the firewall itself." />
        ) : (
          <div className="grid max-w-5xl grid-cols-[minmax(0,1fr)] gap-x-8 lg:grid-cols-[repeat(2,minmax(0,1fr))]">
            <div className="flex flex-col gap-3 px-5 pb-4 max-md:px-4">
              <PostureFacts posture={value} />
              {value.warnings.map((warning) => (
                <Notice key={warning} tone="warn" title={warning} />
              ))}
            </div>
            <div>
              <PackageCommands commands={value.packageCommands} />
            </div>
          </div>
        )
      }
    </ReadingFrame>
  )
}
