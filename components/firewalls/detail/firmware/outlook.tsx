'use client'
import { useQuery } from '@tanstack/react-query'
import { PackageX } from 'lucide-react'
import { AdvisoryLines } from '@/components/firmware/advisory-lines'
import { minutesWords } from '@/components/plans/plan-words'
import { CodeBlock } from '@/components/ui/code-block'
import { Notice } from '@/components/ui/notice'
import { ProblemNotice } from '@/components/ui/problem'
import type { Firmware } from '@/lib/adapters/model'
import { shortVersion } from '@/lib/format/versions'
import type { FirewallOffer } from '@/lib/plans/dto'
import { firmwareQueries } from '@/lib/queries/firmware'
import { useFirewall } from '../firewall-context'

/** Advisories about the version that runs, with where they come from; how much that says where there are none. */
export function FirmwareAdvisories() {
  const { firewall } = useFirewall()
  const { data, error, refetch } = useQuery(firmwareQueries.advisoriesOf(firewall.id))
  if (error) return <ProblemNotice error={error} retry={() => void refetch()} className="mx-5 max-md:mx-3" />
  if (!data || data.known === 0 || data.version === null) return null
  return (
    <section aria-labelledby="advisories" className="px-5 max-md:px-3">
      <h3 id="advisories" className="pb-1 font-semibold">
        Advisories <span className="text-xs font-normal text-text-3">about {shortVersion(data.version)}</span>
      </h3>
      {data.items.length > 0 ? (
        <AdvisoryLines items={data.items} />
      ) : (
        <p className="text-text-2">{data.understood ? 'None in the file of this installation is about this version.' : 'Advisories cannot be compared with this version: its spelling is not known.'}</p>
      )}
    </section>
  )
}

const KINDS = { 'major-offered': 'major', 'reboot-pending': 'reboot' } as const

/** What an update would do to this firewall beside its packages, and what could be gone back to. */
export function FirmwareOutlook({ state }: { state: Firmware['state'] }) {
  const { firewall } = useFirewall()
  const kind = state === 'major-offered' || state === 'reboot-pending' ? KINDS[state] : 'minor'
  const { data, error, refetch } = useQuery(firmwareQueries.outlook(firewall.id, kind))
  if (error) return <ProblemNotice error={error} retry={() => void refetch()} className="mx-5 max-md:mx-3" />
  if (!data) return null
  return (
    <div className="flex flex-col gap-5 px-5 max-md:px-3">
      {data.losesApiPackage && <PackageLost outlook={data} />}
      <section aria-labelledby="if-it-goes-wrong">
        <h3 id="if-it-goes-wrong" className="pb-1 font-semibold">
          If it goes wrong
        </h3>
        <div className="flex max-w-3xl flex-col gap-1 text-text-2">
          {data.offer !== null && <p>{awayWords(data)}</p>}
          {data.rollback.map((text) => (
            <p key={text}>{text}</p>
          ))}
        </div>
      </section>
    </div>
  )
}

const awayWords = ({ minutesAway, restartsMax }: FirewallOffer): string =>
  `While it restarts it is away, as a rule for ${minutesWords(minutesAway) ?? 'an unknown time'}${restartsMax > 1 ? ', and an update may restart it twice' : ''}.`

function PackageLost({ outlook: { offer, reinstall } }: { outlook: FirewallOffer }) {
  const version = offer?.version ?? null
  return (
    <Notice tone="you" icon={PackageX} title="This update removes the API package. Someone has to reinstall it.">
      <p>After {version === null ? 'it' : shortVersion(version)} Palisade cannot see this firewall until the package is back. {reinstall?.note}</p>
      {reinstall !== null && reinstall.command !== null && <CodeBlock text={reinstall.command} label="Command that reinstalls the API package" className="mt-2 max-w-3xl" />}
    </Notice>
  )
}
