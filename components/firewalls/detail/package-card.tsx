'use client'
import { useQuery } from '@tanstack/react-query'
import { Check, ArrowUp, RefreshCw } from 'lucide-react'
import { Age } from '@/components/ui/age'
import { Button } from '@/components/ui/button'
import { CodeBlock } from '@/components/ui/code-block'
import { Facts, NotReported } from '@/components/ui/facts'
import { Notice } from '@/components/ui/notice'
import { ProblemNotice } from '@/components/ui/problem'
import { SkeletonRows } from '@/components/ui/skeleton'
import type { Posture } from '@/lib/adapters/model'
import { formatDuration } from '@/lib/format/duration'
import { firewallQueries } from '@/lib/queries/firewalls'
import { Aside, AsidePart } from './aside'
import { intervalOf } from '@/lib/polling/intervals'
import { useFirewall } from './firewall-context'
import { reasonNotToAsk } from './permissions'
import { Gaps } from './reading-frame'
import { useRefresh } from './use-refresh'

/** The API of a firewall as it is set up there; for families with a package also the commands that keep it. */
export function PackageAside() {
  const { firewall, role } = useFirewall()
  const { data, error, refetch } = useQuery(firewallQueries.reading('posture', firewall.id))
  const refresh = useRefresh('posture', firewall.id)
  const value = data?.value ?? null
  return (
    <Aside label={value?.packageCommands ? 'API package' : 'API'}>
      <AsidePart title={value?.packageCommands ? 'API package' : 'API'} note={value && <Newest posture={value} />}>
        {error !== null && <ProblemNotice error={error} retry={() => void refetch()} />}
        {refresh.error && <ProblemNotice error={refresh.error} retry={refresh.run} />}
        {data === undefined ? (
          error === null && <SkeletonRows rows={5} columns={2} />
        ) : value === null ? (
          <p className="text-text-3">Not read yet.</p>
        ) : (
          <PostureFacts posture={value} />
        )}
        {data?.lastError && (
          <p className="text-warn">
            {data.lastError.message} {data.lastError.nextStep}
          </p>
        )}
        <div className="flex items-center justify-between gap-3">
          <span className="text-xs text-text-3">
            read <Age at={data?.observedAt ?? null} intervalSeconds={intervalOf('posture', firewall.intervals)} zone={firewall.timeZone} never="not yet" />
          </span>
          <Button size="sm" icon={RefreshCw} busy={refresh.busy} disabledReason={reasonNotToAsk(firewall, role)} onClick={refresh.run}>
            Refresh
          </Button>
        </div>
      </AsidePart>
      {value && value.warnings.length > 0 && (
        <div className="flex flex-col gap-2 px-5 py-4">
          {value.warnings.map((warning) => (
            <Notice key={warning} tone="warn" title={warning} />
          ))}
        </div>
      )}
      {value && value.notReported.length > 0 && (
        <div className="px-5 py-4">
          <Gaps gaps={value.notReported} />
        </div>
      )}
      {value?.packageCommands && <PackageCommands commands={value.packageCommands} />}
    </Aside>
  )
}

function Newest({ posture: { updateAvailable } }: { posture: Posture }) {
  if (updateAvailable === null) return null
  const Icon = updateAvailable ? ArrowUp : Check
  return (
    <span className="inline-flex items-center gap-1">
      <Icon aria-hidden size={14} /> {updateAvailable ? 'A newer one is known' : 'Newest that is known'}
    </span>
  )
}

const ON_OFF = (value: boolean | null) => (value === null ? <NotReported /> : value ? 'on' : 'off')
const list = (values: readonly string[] | null, none: string) => (values === null ? <NotReported /> : values.length === 0 ? none : values.join(', '))

export function PostureFacts({ posture }: { posture: Posture }) {
  const hasPackage = posture.packageCommands !== null
  return (
    <Facts
      items={[
        ['API', posture.apiName],
        ...(hasPackage
          ? ([
              ['Installed', posture.apiPackageVersion ?? <NotReported key="installed" />],
              ['Newest known', posture.newestKnownVersion ?? <NotReported key="newest" />],
            ] as const)
          : []),
        ['Signs in with', list(posture.enabledMethods, 'nothing is enabled')],
        ['Read only', ON_OFF(posture.readOnly)],
        [
          'Login protection',
          posture.loginProtection === false ? (
            <span key="protection" className="text-warn">
              off
            </span>
          ) : (
            ON_OFF(posture.loginProtection)
          ),
        ],
        ...(posture.tokenLifetimeSeconds === null ? [] : [['Token lives', formatDuration(posture.tokenLifetimeSeconds)] as const]),
        ['Allowed on', list(posture.allowedInterfaces, 'any interface')],
        ...(hasPackage ? [['Keeps settings', ON_OFF(posture.keepsSettingsOnUpdate)] as const] : []),
      ]}
    />
  )
}

const MAIN = ['install', 'restart-gui'] as const satisfies readonly PackageCommand['purpose'][]
type PackageCommand = NonNullable<Posture['packageCommands']>[number]

/** What brings the package back comes first and numbered; the rest is for other days. */
export function PackageCommands({ commands }: { commands: readonly PackageCommand[] }) {
  const main = commands.filter(({ purpose }) => MAIN.some((each) => each === purpose))
  const other = commands.filter(({ purpose }) => !MAIN.some((each) => each === purpose))
  return (
    <>
      <AsidePart title="Reinstall after a system update">
        <p className="text-xs text-text-2">Palisade only shows these commands; it does not send them.</p>
        <ol className="flex flex-col gap-3">
          {main.map(({ label, command, note }, index) => (
            <li key={command} className="flex flex-col gap-1">
              <p className="font-medium">
                {index + 1}. {label}
              </p>
              <p className="text-xs text-text-3">{note}</p>
              <CodeBlock label={label} text={command} />
            </li>
          ))}
        </ol>
        <Notice tone="plain" title="Nothing to click afterwards.">
          Palisade asks again at each visit and knows the firewall by its certificate.
        </Notice>
      </AsidePart>
      {other.length > 0 && (
        <AsidePart title="Other commands">
          <ul className="flex flex-col gap-3">
            {other.map(({ label, command, note }) => (
              <li key={command} className="flex flex-col gap-1">
                <p className="font-medium">{label}</p>
                <p className="text-xs text-text-3">{note}</p>
                <CodeBlock label={label} text={command} />
              </li>
            ))}
          </ul>
        </AsidePart>
      )}
    </>
  )
}
