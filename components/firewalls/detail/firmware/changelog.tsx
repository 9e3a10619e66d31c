'use client'
import { useQuery } from '@tanstack/react-query'
import { CodeBlock } from '@/components/ui/code-block'
import { Field, SelectInput } from '@/components/ui/field'
import { ProblemNotice } from '@/components/ui/problem'
import { SkeletonRows } from '@/components/ui/skeleton'
import type { Firmware } from '@/lib/adapters/model'
import { firewallQueries } from '@/lib/queries/firewalls'
import { useFirewall } from '../firewall-context'
import { reasonNotToAsk } from '../permissions'
import { useUrlParam } from '../use-url-param'

/** Change notes of one version, as the firewall has them, as text. */
export function Changelog({ versions }: { versions: Firmware['changelog'] }) {
  const { firewall, role } = useFirewall()
  const [version, setVersion] = useUrlParam('changes')
  const reason = reasonNotToAsk(firewall, role)
  return (
    <section aria-labelledby="change-notes" className="flex flex-col gap-3 px-5 pb-5 max-md:px-3">
      <h3 id="change-notes" className="font-semibold">
        Change notes
      </h3>
      <Field label="Version" help={reason ?? 'Asked from the firewall when you choose one.'} className="max-w-xs">
        {(id, describedBy) => (
          <SelectInput id={id} aria-describedby={describedBy} value={version} disabled={reason !== null} onChange={(event) => setVersion(event.target.value)}>
            <option value="">Choose a version</option>
            {versions.map((each) => (
              <option key={each.version} value={each.version}>
                {each.version}
                {each.releasedOn === null ? '' : `, ${each.releasedOn}`}
              </option>
            ))}
          </SelectInput>
        )}
      </Field>
      {reason === null && versions.some((each) => each.version === version) && <Notes version={version} />}
    </section>
  )
}

function Notes({ version }: { version: string }) {
  const { firewall } = useFirewall()
  const { data, error, refetch } = useQuery(firewallQueries.changelog(firewall.id, version))
  if (error) return <ProblemNotice error={error} retry={() => void refetch()} />
  if (!data) return <SkeletonRows rows={8} columns={1} />
  return <CodeBlock label={`Change notes of ${version}`} text={data.text} />
}
